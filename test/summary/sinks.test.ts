/** Where else events go: a web stream, a Blob. The file's, memory's and the server's sinks have tests of their own. */
import { expect, test, vi } from "vitest";
import { createWriter, type EventFileError, MemorySink, StreamSink } from "../../summary/index.ts";
import { decodeEvents, scalarsOf } from "./event-files.ts";

test("a web stream gets one event file, and is closed with the writer", async () => {
  const chunks: Uint8Array[] = [];
  let closed = false;
  const stream = new WritableStream<Uint8Array>({
    write: (chunk) => void chunks.push(chunk),
    close: () => {
      closed = true;
    },
  });
  const writer = createWriter(new StreamSink(stream, "chosen.tfevents"));
  expect(writer.path).toBe("chosen.tfevents");
  for (let step = 0; step < 100; step++) {
    writer.scalar("loss", step, { step });
    if (step % 30 === 0) await writer.flush();
  }
  await writer.close();
  expect(closed).toBe(true);
  expect(scalarsOf(decodeEvents(new Uint8Array(Buffer.concat(chunks))).slice(1))).toHaveLength(100);
});

test("a stream that fails is told, and the training goes on", async () => {
  const stream = new WritableStream<Uint8Array>({
    write() {
      throw new Error("the disk was pulled out");
    },
  });
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(new StreamSink(stream), { onError });
  writer.scalar("loss", 0.5, { step: 1 });
  await writer.flush();
  expect(onError.mock.lastCall?.[0].message).toMatch(/^cannot write stream: the disk was pulled out/);
  expect(writer.scalar("loss", 0.25, { step: 2 })).toBe(true);
  await writer.close();
});

test("memory gives a Blob, for a link that downloads it", async () => {
  const sink = new MemorySink();
  const writer = createWriter(sink);
  writer.scalar("loss", 0.5, { step: 1 });
  await writer.close();
  const blob = sink.blob();
  expect(blob.type).toBe("application/octet-stream");
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(sink.bytes());
});
