/**
 * What the kinds of summaries write to: turns values into events with step and wall time, and says once a
 * file which dashboard a tag belongs to.
 */
import { pb } from "../proto/codec.ts";
import { toWire } from "../proto/int64.ts";
import type { SummaryOptions } from "./options.ts";
import { type Plugin, ScalarRecorder } from "./scalar-recorder.ts";

export type { Plugin } from "./scalar-recorder.ts";

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

/** Of Event.summary on the wire: field 5, with a length. */
const EVENT_SUMMARY_KEY = (5 << 3) | 2;

export class Recorder extends ScalarRecorder {
  /**
   * Writes a tag's value at a step.
   *
   * @returns whether the event was kept
   * @throws TagError when the tag is empty or belongs to another plugin
   * @throws StepError when there is no step, or none that is one
   */
  tensor(tag: string, plugin: Plugin, tensor: SummaryTensor, options: SummaryOptions): boolean {
    const first = this.isFirst(tag, plugin);
    const metadata = first ? metadataOf(plugin, options) : undefined;
    const value = metadata === undefined ? { tag, tensor } : { tag, tensor, metadata };
    const kept = this.event({ summary: { value: [value] } }, this.stepOf(options), options.wallTime);
    if (kept && first) this.written(tag, plugin);
    return kept;
  }

  /**
   * Writes an event of any content.
   *
   * @returns whether it was kept
   */
  event(content: EventContent, step: number | bigint, wallTime?: number): boolean {
    return this.append(
      (seconds) => pb.Event.encode({ ...content, wallTime: seconds, step: toWire(step) }).finish(),
      wallTime,
    );
  }

  /** The same for a summary that is encoded already; its bytes are kept as they are. */
  encodedSummary(summary: Uint8Array, step: number | bigint, wallTime?: number): boolean {
    return this.append((seconds) => {
      const event = pb.Event.encode({ wallTime: seconds, step: toWire(step) });
      return event.uint32(EVENT_SUMMARY_KEY).bytes(summary).finish();
    }, wallTime);
  }
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
