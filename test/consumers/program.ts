/** What a stranger does with every entry of the package, in Node, Bun and Deno alike; prints what came of it. */
import { rm } from "node:fs/promises";
import { createFileWriter, createScalarWriter, MemorySink, type SummaryWriter } from "tsboard";
import { connect, type RunSeries } from "tsboard/client";
import { decodeTensor, encodeTensor, fromWire, pb } from "tsboard/proto";
import {
  encodeExample,
  fixedLenFeature,
  int64Feature,
  parseExample,
  readRecords,
  writeRecords,
} from "tsboard/records";
import { type RunningServer, startServer } from "tsboard/server";
import { registerWasmKernels } from "tsboard/tfjs";

const folder = "consumer";
const writer: SummaryWriter = createFileWriter(`${folder}/logs/run`);
for (let step = 0; step < 100; step++) writer.scalar("loss", 1 / (step + 1), { step });
writer.histogram("weights", [1, 2, 2, 3], { step: 99 });
writer.image("pixel", new Uint8Array([255, 0, 0]), { step: 99, shape: [1, 1, 3] });
await writer.close();
// @ts-expect-error: the types are there, and refuse what is wrong
const wrong = (log: SummaryWriter) => log.scalar("loss", "high");

const sink = new MemorySink();
const scalars = createScalarWriter(sink);
scalars.scalar("loss", 0.5, { step: 2n ** 60n });
await scalars.close();
const events: string[] = [];
for await (const record of readRecords(sink.bytes())) {
  const event = pb.Event.decode(record);
  events.push(event.summary?.value?.[0]?.tag ?? event.fileVersion ?? "");
  if (event.summary) events.push(String(fromWire(event.step)));
}

const file = `${folder}/digits.tfrecord`;
await writeRecords(file, [encodeExample({ label: int64Feature([7]) })]);
const labels: string[] = [];
for await (const record of readRecords(file))
  labels.push(String(parseExample(record, { label: fixedLenFeature([], "int64") }).label.data));

const server: RunningServer = await startServer({ logdir: `${folder}/logs`, port: 0, indexCache: null });
await server.loaded;
const client = connect(server.url);
const series: readonly RunSeries[] = await client.series({ tag: "loss", pixels: 1000 });
const problems = (await client.status()).problems.length;
await server.close();
await rm(folder, { recursive: true });

const { data } = decodeTensor(encodeTensor(Float32Array.of(1, 2)));
const points = series.map(({ run, total, step, value }) => [run, total, step[99], value[99]]);
console.log(
  JSON.stringify({
    wrong: typeof wrong,
    tfjs: typeof registerWasmKernels,
    events,
    labels,
    points,
    problems,
    data: [...data],
  }),
);
