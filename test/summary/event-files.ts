/** What tests need to write event files and to look into them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { DataType, decodeTensor, fromWire, pb, readRecords, type TensorValue } from "../../proto/index.ts";
import { createWriter, MemorySink, type SummaryWriter, type WriterOptions } from "../../summary/index.ts";

/** 2023-11-14 22:13:20 UTC: the time in every golden file. */
export const FIXED_SECONDS = 1_700_000_000;

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Every event of a file's bytes; throws at a damaged frame. */
export function decodeEvents(bytes: Uint8Array): pb.Event[] {
  return Array.from(readRecords(bytes), (record) => pb.Event.decode(record));
}

/** Every event of the only event file in `directory`. */
export function readEvents(directory: string): pb.Event[] {
  const names = readdirSync(directory).filter((name) => name.includes("tfevents"));
  if (names.length !== 1) throw new Error(`one event file expected, found: ${names.join(", ")}`);
  return decodeEvents(readFileSync(path.join(directory, names[0]!)));
}

/** Events that `log` writes, without the file's version record; clock fixed. */
export async function written(
  log: (writer: SummaryWriter) => void,
  options: WriterOptions = {},
): Promise<pb.Event[]> {
  return decodeEvents(await writtenBytes(log, options)).slice(1);
}

/** The event file that `log` writes, clock fixed. */
export async function writtenBytes(
  log: (writer: SummaryWriter) => void,
  options: WriterOptions = {},
): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = createWriter(sink, { clock: () => FIXED_SECONDS * 1000, ...options });
  log(writer);
  await writer.close();
  return sink.bytes();
}

/** The only value of an event's summary. */
export function onlyValue(event: pb.Event | undefined): pb.Summary.Value.$Properties {
  const values = event?.summary?.value ?? [];
  if (values.length !== 1) throw new Error(`one value expected, found ${values.length}`);
  return values[0]!;
}

/** Tag, step and number of every scalar, in TF 2's encoding or legacy; other summaries are left out. */
export function scalarsOf(
  events: readonly pb.Event[],
): { tag: string; step: number | bigint; value: number }[] {
  return events.flatMap((event) =>
    (event.summary?.value ?? []).flatMap((summary) => {
      const value = scalarIn(summary);
      return value === undefined ? [] : [{ tag: summary.tag ?? "", step: fromWire(event.step), value }];
    }),
  );
}

function scalarIn({ tensor, simpleValue }: pb.Summary.Value.$Properties): number | undefined {
  if (!tensor) return simpleValue ?? undefined;
  const isScalar = tensor.dtype === DataType.DT_FLOAT && (tensor.tensorShape?.dim ?? []).length === 0;
  return isScalar ? Number(decodeTensor(tensor).data[0]) : undefined;
}

/** Records as a person reads them, each with its bytes. */
export function describeRecords(bytes: Uint8Array): string {
  const records = Array.from(readRecords(bytes)).slice(1);
  return records
    .map((record) => `${describeEvent(pb.Event.decode(record))}\n${hexLines(record)}`)
    .join("\n\n");
}

function describeEvent(event: pb.Event): string {
  const when = `step ${fromWire(event.step)}, ${event.wallTime} s`;
  if (!event.summary) return `${when}: ${JSON.stringify(contentOf(event), replacer)}`;
  return (event.summary.value ?? []).map((value) => `${when}: ${describeValue(value)}`).join("\n");
}

function contentOf(event: pb.Event): unknown {
  if (event.graphDef) return { graphDef: pb.GraphDef.decode(event.graphDef) };
  const { wallTime, step, ...content } = event;
  return content;
}

function describeValue(value: pb.Summary.Value.$Properties): string {
  const { tag, metadata, tensor, ...others } = value;
  const lines = [`${tag}${metadata ? ` ${JSON.stringify(metadata, replacer)}` : ""}`];
  if (tensor) lines.push(`  ${describeTensor(decodeTensor(tensor))}`);
  if (Object.keys(others).length > 0) lines.push(`  ${JSON.stringify(others, replacer)}`);
  return lines.join("\n");
}

function describeTensor({ dtype, shape, data }: TensorValue): string {
  const elements = Array.from<unknown>(data).map((element) =>
    element instanceof Uint8Array ? JSON.stringify(describeBytes(element)) : String(element),
  );
  return `${DataType[dtype]} [${shape.join(", ")}]: ${elements.join(", ")}`;
}

/** Leaves out empty fields; integers exact, bytes as text where they are text. */
function replacer(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = typeof this === "object" && this !== null ? Reflect.get(this, key) : value;
  if (original instanceof Uint8Array) return describeBytes(original);
  if (isLong(original)) return String(fromWire(original));
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

function isLong(value: unknown): value is Exclude<pb.Event["step"], number> {
  return typeof value === "object" && value !== null && "unsigned" in value && "low" in value;
}

function describeBytes(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return /^[^\p{Cc}\ufffd]*$/u.test(text) ? text : `<${bytes.length} bytes>`;
}

function hexLines(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return (hex.match(/.{1,100}/g) ?? []).join("\n");
}
