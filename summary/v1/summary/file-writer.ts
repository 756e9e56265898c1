/** TensorFlow 1's writer of event files, over the writer that there is. */
import { pb } from "../../../proto/codec.ts";
import { fromWire } from "../../../proto/int64.ts";
import { TagError } from "../../errors.ts";
import type { GraphDef } from "../../kinds/graph.ts";
import type { RunMetadata } from "../../kinds/run-metadata.ts";
import { createFileWriter, type FileWriterOptions } from "../../node/file-writer.ts";
import type { SummaryWriter } from "../../writer.ts";
import { Graph } from "../graph.ts";
import type { Event, Summary } from "./events.ts";

/**
 * Writes a run's event file, as `tf.summary.FileWriter` does: `events.out.tfevents.<seconds>.<host>` in a
 * directory, which is made if needed. Events are buffered and written while the training goes on; see
 * `createFileWriter`, whose options it takes.
 *
 * @example
 * const loss = v1.placeholder("float32", [], { name: "loss" });
 * v1.summary.scalar("loss", loss);
 * const merged = v1.summary.mergeAll();
 * const events = new v1.summary.FileWriter("runs/v1", v1.getDefaultGraph());
 * events.addSummary(merged.eval([[loss, 0.25]]), 1);
 * await events.close();
 */
export class FileWriter implements AsyncDisposable {
  private readonly logdir: string;
  private readonly options: FileWriterOptions;
  private writer: SummaryWriter;
  private isClosed = false;
  /** Tags whose metadata is in the file. */
  private readonly seenTags = new Set<string>();
  /** Tags of run metadata that are taken. */
  private readonly runTags = new Set<string>();

  /**
   * @param graph written at once. Default: none
   * @param options `filenameSuffix` is empty by default
   * @throws ValueError when an option is out of range
   */
  constructor(logdir: string, graph?: Graph | GraphDef | Uint8Array | null, options: FileWriterOptions = {}) {
    this.logdir = logdir;
    this.options = { filenameSuffix: "", pid: null, ...options };
    this.writer = createFileWriter(logdir, this.options);
    if (graph) this.addGraph(graph);
  }

  /** The file's path. */
  get path(): string {
    return this.writer.path;
  }

  getLogdir(): string {
    return this.logdir;
  }

  /**
   * Writes a Summary: what a summary of the graph comes to, or one's own.
   *
   * @param globalStep default 0
   * @returns whether it was kept
   * @throws StepError, WriterClosedError
   */
  addSummary(summary: Uint8Array | Summary, globalStep: number | bigint = 0): boolean {
    const { value = [] }: Summary = summary instanceof Uint8Array ? pb.Summary.decode(summary) : summary;
    const values = (value ?? []).map((one) => this.withMetadataOnce(one));
    return this.writer.event({ summary: { value: values } }, { step: globalStep });
  }

  /**
   * Writes the run's graph.
   *
   * @returns whether it was kept
   * @throws ValueError when it is neither a graph nor a GraphDef; StepError, WriterClosedError
   */
  addGraph(graph: Graph | GraphDef | Uint8Array, globalStep: number | bigint = 0): boolean {
    const graphDef = graph instanceof Graph ? graph.asGraphDef() : graph;
    return this.writer.graph(graphDef, { step: globalStep });
  }

  /**
   * Writes a step's times and memory, which the graphs dashboard lays over the graph.
   *
   * @param tag what the step is called there, such as `step001`; of each only one
   * @returns whether it was kept
   * @throws TagError when the tag is empty or taken; StepError, ValueError, WriterClosedError
   */
  addRunMetadata(metadata: RunMetadata | Uint8Array, tag: string, globalStep: number | bigint = 0): boolean {
    if (this.runTags.has(tag)) throw new TagError(`there is run metadata with the tag "${tag}" already`);
    const isKept = this.writer.runMetadata(tag, metadata, { step: globalStep });
    if (isKept) this.runTags.add(tag);
    return isKept;
  }

  /**
   * Writes a session's milestone, such as `{ status: v1.SessionLog.START }`; `checkpointPath` and `msg` may go with it.
   *
   * @returns whether it was kept
   * @throws StepError, WriterClosedError
   */
  addSessionLog(sessionLog: pb.SessionLog.$Properties, globalStep: number | bigint = 0): boolean {
    return this.writer.event({ sessionLog }, { step: globalStep });
  }

  /**
   * Writes an event as it is.
   *
   * @param event without a wall time, it gets the present one
   * @returns whether it was kept
   * @throws StepError, ValueError, WriterClosedError
   */
  addEvent(event: Event): boolean {
    const { wallTime, step, ...content } = event;
    return this.writer.event(content, { step: fromWire(step), wallTime: wallTime ?? undefined });
  }

  /** Writes what is buffered; resolves when readers can see it. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  /** The same before it returns, for loops that never await. */
  flushSync(): void {
    this.writer.flushSync();
  }

  /** Flushes and closes; what is added afterwards throws WriterClosedError. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.writer.close();
  }

  /** After `close`: goes on in a new file in the same directory. Does nothing while it is open. */
  reopen(): void {
    if (!this.isClosed) return;
    this.writer = createFileWriter(this.logdir, this.options);
    this.seenTags.clear();
    this.isClosed = false;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Readers need a tag's metadata once in a file. */
  private withMetadataOnce(value: pb.Summary.Value.$Properties): pb.Summary.Value.$Properties {
    const { metadata, ...others } = value;
    const tag = value.tag ?? "";
    if (!metadata) return value;
    if (this.seenTags.has(tag)) return others;
    this.seenTags.add(tag);
    return value;
  }
}
