/** What a web page that trains does with tsboard, for ingest.test.ts, which bundles it and calls `training`. */
import { createWriter, EventFileError, HttpSink, MemorySink, type SummaryWriter } from "tsboard";
import { dataset, encodeExample, int64Feature, readRecords, writeRecords } from "tsboard/records";

let writer: SummaryWriter | undefined;
const problems: string[] = [];

const training = {
  /** Opens a writer to a server. */
  open(server: string, token: string, run: string, flushMillis: number): void {
    const onError = (error: EventFileError): void => void problems.push(error.message);
    const sink = new HttpSink(server, { token, run, retryMillis: 20 });
    writer = createWriter(sink, { flushMillis, onError });
  },

  log(from: number, to: number): void {
    for (let step = from; step < to; step++) writer?.scalar("loss", 1 / (step + 1), { step });
  },

  flush: () => writer?.flush(),
  close: () => writer?.close(),
  problems: () => problems,

  /** Logs into a Blob instead; gives its bytes. */
  async blob(): Promise<number[]> {
    const sink = new MemorySink();
    const inMemory = createWriter(sink);
    inMemory.scalar("loss", 0.5, { step: 1 });
    inMemory.image("pixel", new Uint8Array([255, 0, 0]), { step: 1, shape: [1, 1, 3] });
    await inMemory.close();
    return Array.from(new Uint8Array(await sink.blob().arrayBuffer()));
  },

  /** Writes compressed records into a stream and reads them back; gives how many came back. */
  async records(compression: "none" | "gzip" | "zlib"): Promise<number> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const examples = Array.from({ length: 1000 }, (_, i) => encodeExample({ label: int64Feature(i) }));
    const writing = writeRecords(writable, examples, { compression });
    const read = await dataset(() => readRecords(readable)).toArray();
    await writing;
    return read.filter((record, i) => record.every((byte, j) => byte === examples[i]?.[j])).length;
  },
};

export type Training = typeof training;
Object.assign(globalThis, { training, EventFileError });
