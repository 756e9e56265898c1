/**
 * What scalars are written to: events with step and wall time, and once a file what a tag is. It encodes them by hand,
 * so that a page that logs nothing else carries no codec.
 */
import { checkStep, checkTag, checkWallTime } from "./checks.ts";
import { StepError, TagError } from "./errors.ts";
import type { EventOptions, SummaryOptions } from "./options.ts";
import type { RecordQueue } from "./record-queue.ts";
import {
  firstScalarEvent,
  putScalarEvent,
  SCALAR_OVERHEAD,
  scalarTemplate,
  versionEvent,
} from "./scalar-event.ts";

/** The dashboard that a kind of summary is for. */
export interface Plugin {
  /** As readers know it, such as `scalars`; empty for none. */
  readonly name: string;
  /** What the dashboard wants to know of a tag, encoded; default: nothing. */
  readonly content?: Uint8Array | undefined;
  /** How many points readers keep, a `DataClass`. Default: by the plugin's name, which they know for TensorBoard's own. */
  readonly dataClass?: number | undefined;
}

export interface RecorderOptions {
  readonly clock: () => number;
  /** The step of summaries that name none; undefined where there is none either. */
  readonly defaultStep: () => number | bigint | undefined;
  /** Called before every event: throws when the writer cannot be used (any more). */
  readonly check: () => void;
  /** Says what is probably a mistake, though it can be written. */
  readonly warn: (message: string) => void;
}

const SCALARS: Plugin = { name: "scalars" };

export class ScalarRecorder {
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
   * Writes a float at a step; many times as fast from the tag's second value on.
   *
   * @returns whether the event was kept
   * @throws TagError when the tag is empty or belongs to another plugin
   * @throws StepError when there is no step, or none that is one
   */
  scalar(tag: string, value: number, options: SummaryOptions): boolean {
    const template = this.scalars.get(tag);
    if (template === undefined) return this.firstScalar(tag, value, options);
    const step = this.stepOf(options);
    this.options.check();
    const now = this.options.clock();
    const wallTime = secondsOf(options.wallTime, now);
    const buffer = this.queue.reserve(template.length + SCALAR_OVERHEAD);
    if (buffer === undefined) return false;
    this.queue.commit(putScalarEvent(buffer, template, value, step, wallTime), now);
    return true;
  }

  /** The event that a file begins with. */
  version(writer: string): void {
    this.append((seconds) => versionEvent(writer, seconds));
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

  /** @param encode the whole event, of its wall time in seconds */
  protected append(encode: (seconds: number) => Uint8Array, wallTime?: number): boolean {
    this.options.check();
    const now = this.options.clock();
    const data = encode(secondsOf(wallTime, now));
    const buffer = this.queue.reserve(data.length);
    if (buffer === undefined) return false;
    buffer.bytes.set(data, buffer.dataStart);
    this.queue.commit(data.length, now);
    return true;
  }

  /** Whether nothing of the tag is in the file yet. Throws {@link TagError} when it is none, or another plugin's. */
  protected isFirst(tag: string, plugin: Plugin): boolean {
    checkTag(tag);
    const known = this.plugins.get(tag);
    if (known === undefined || known === plugin.name) return known === undefined;
    throw new TagError(
      `tag "${tag}" holds ${known || "tensors"} already: ${plugin.name || "tensors"} need another tag`,
    );
  }

  protected written(tag: string, plugin: Plugin): void {
    this.plugins.set(tag, plugin.name);
  }

  private firstScalar(tag: string, value: number, options: SummaryOptions): boolean {
    const plugin = this.isFirst(tag, SCALARS) ? SCALARS.name : undefined;
    const step = this.stepOf(options);
    const kept = this.append(
      (seconds) => firstScalarEvent(tag, plugin, value, step, seconds, options),
      options.wallTime,
    );
    if (!kept) return false;
    this.written(tag, SCALARS);
    this.scalars.set(tag, scalarTemplate(tag));
    return true;
  }
}

/** The wall time in seconds if given, else `now`, which is in milliseconds. */
function secondsOf(wallTime: number | undefined, now: number): number {
  return wallTime === undefined ? now / 1000 : checkWallTime(wallTime);
}
