/**
 * What the kinds of summaries write to: turns values into events with step and wall time, and says once a
 * file which dashboard a tag belongs to.
 */
import { pb } from "../proto/codec.ts";
import { toWire } from "../proto/int64.ts";
import { checkStep, checkTag, checkWallTime } from "./checks.ts";
import { StepError, TagError } from "./errors.ts";
import type { EventOptions, SummaryOptions } from "./options.ts";
import type { RecordQueue } from "./record-queue.ts";
import { putScalarEvent, SCALAR_OVERHEAD, scalarTemplate } from "./scalar-event.ts";

/** The dashboard that a kind of summary is for. */
export interface Plugin {
  /** As readers know it, such as `scalars`; empty for none. */
  readonly name: string;
  /** What the dashboard wants to know of a tag, encoded; default: nothing. */
  readonly content?: Uint8Array | undefined;
  /** How many points readers keep. Default: by the plugin's name, which they know for TensorBoard's own. */
  readonly dataClass?: pb.DataClass | undefined;
}

/**
 * The part of an event that a kind fills in.
 *
 * @example
 * const content: EventContent = { logMessage: { level: 20, message: "started" } };
 * writer.event(content, { step: 0 });
 */
export type EventContent = Omit<pb.Event.$Properties, "wallTime" | "step">;

/** One value of a summary in TF 2's encoding: a tensor. */
export type SummaryTensor = pb.TensorProto.$Properties;

export interface RecorderOptions {
  readonly clock: () => number;
  /** The step of summaries that name none; undefined where there is none either. */
  readonly defaultStep: () => number | bigint | undefined;
  /** Called before every event: throws when the writer cannot be used (any more). */
  readonly check: () => void;
  /** Says what is probably a mistake, though it can be written. */
  readonly warn: (message: string) => void;
}

/** Of Event.summary on the wire: field 5, with a length. */
const EVENT_SUMMARY_KEY = (5 << 3) | 2;

export class Recorder {
  private readonly queue: RecordQueue;
  private readonly options: RecorderOptions;
  /** The plugin of each tag that is in the file. */
  private readonly plugins = new Map<string, string>();
  private readonly told = new Set<string>();
  private readonly scalars = new Map<string, Uint8Array>();

  constructor(queue: RecordQueue, options: RecorderOptions) {
    this.queue = queue;
    this.options = options;
  }

  /**
   * Writes a tag's value at a step.
   *
   * @returns whether the event was kept
   * @throws TagError when the tag is empty or belongs to another plugin
   * @throws StepError when there is no step, or none that is one
   */
  tensor(tag: string, plugin: Plugin, tensor: SummaryTensor, options: SummaryOptions): boolean {
    checkTag(tag);
    const known = this.plugins.get(tag);
    if (known !== undefined && known !== plugin.name)
      throw new TagError(
        `tag "${tag}" holds ${known || "tensors"} already: ${plugin.name || "tensors"} need another tag`,
      );
    const metadata = known === undefined ? metadataOf(plugin, options) : undefined;
    const value = metadata === undefined ? { tag, tensor } : { tag, tensor, metadata };
    const kept = this.event({ summary: { value: [value] } }, this.stepOf(options), options.wallTime);
    if (kept && known === undefined) this.plugins.set(tag, plugin.name);
    return kept;
  }

  /** The same as {@link tensor} for one float, many times as fast from the tag's second value on. */
  scalar(tag: string, plugin: Plugin, value: number, options: SummaryOptions): boolean {
    const template = this.scalars.get(tag);
    if (template === undefined) return this.firstScalar(tag, plugin, value, options);
    const step = this.stepOf(options);
    this.options.check();
    const now = this.options.clock();
    const wallTime = secondsOf(options.wallTime, now);
    const buffer = this.queue.reserve(template.length + SCALAR_OVERHEAD);
    if (buffer === undefined) return false;
    this.queue.commit(putScalarEvent(buffer, template, value, step, wallTime), now);
    return true;
  }

  /**
   * Writes an event of any content.
   *
   * @returns whether it was kept
   */
  event(content: EventContent, step: number | bigint, wallTime?: number): boolean {
    return this.append((when) => pb.Event.encode({ ...content, ...when }), step, wallTime);
  }

  /** The same for a summary that is encoded already; its bytes are kept as they are. */
  encodedSummary(summary: Uint8Array, step: number | bigint, wallTime?: number): boolean {
    return this.append(
      (when) => pb.Event.encode(when).uint32(EVENT_SUMMARY_KEY).bytes(summary),
      step,
      wallTime,
    );
  }

  private append(
    encode: (when: Pick<pb.Event.$Properties, "wallTime" | "step">) => { finish(): Uint8Array },
    step: number | bigint,
    wallTime: number | undefined,
  ): boolean {
    this.options.check();
    const now = this.options.clock();
    const data = encode({ wallTime: secondsOf(wallTime, now), step: toWire(step) }).finish();
    const buffer = this.queue.reserve(data.length);
    if (buffer === undefined) return false;
    buffer.bytes.set(data, buffer.dataStart);
    this.queue.commit(data.length, now);
    return true;
  }

  /** The step that an event gets. Throws {@link StepError}. */
  stepOf(options: EventOptions): number | bigint {
    const step = options.step ?? this.options.defaultStep();
    if (step !== undefined) return checkStep(step);
    throw new StepError("no step: give one, or set the writer's `step` or `summary.setStep`");
  }

  /** Seconds since the epoch: those given, else now. Throws {@link ValueError}. */
  wallTimeOf(options: Pick<EventOptions, "wallTime">): number {
    return secondsOf(options.wallTime, this.options.clock());
  }

  /** Says what is probably a mistake; once a writer, however often it is made. */
  tellOnce(mistake: string, message: string): void {
    if (this.told.has(mistake)) return;
    this.told.add(mistake);
    this.options.warn(message);
  }

  private firstScalar(tag: string, plugin: Plugin, value: number, options: SummaryOptions): boolean {
    const content = new Uint8Array(4);
    new DataView(content.buffer).setFloat32(0, value, true);
    const tensor = { dtype: pb.DataType.DT_FLOAT, tensorShape: {}, tensorContent: content };
    const kept = this.tensor(tag, plugin, tensor, options);
    if (kept) this.scalars.set(tag, scalarTemplate(tag));
    return kept;
  }
}

/** The wall time in seconds if given, else `now`, which is in milliseconds. */
function secondsOf(wallTime: number | undefined, now: number): number {
  return wallTime === undefined ? now / 1000 : checkWallTime(wallTime);
}

/** Undefined where there is nothing to say. */
function metadataOf(plugin: Plugin, options: SummaryOptions): pb.SummaryMetadata.$Properties | undefined {
  const { name: pluginName, content, dataClass } = plugin;
  const { displayName, description: summaryDescription } = options;
  const metadata = {
    ...(pluginName && { pluginData: content ? { pluginName, content } : { pluginName } }),
    ...(displayName && { displayName }),
    ...(summaryDescription && { summaryDescription }),
    ...(dataClass && { dataClass }),
  };
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}
