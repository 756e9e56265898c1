/** A summary as protobuf has it, an object or encoded: for what other programs and kinds of one's own make. */
import { pb } from "../../proto/codec.ts";
import { checkOptions, EVENT_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";

/**
 * A Summary as an object in the codec's shape: { value: [{ tag, simpleValue, metadata, … }] }.
 *
 * @example
 * const raw: RawSummary = { value: [{ tag: "loss", simpleValue: 0.5 }] };
 * writer.rawSummary(raw, { step: 0 });
 */
export type RawSummary = pb.Summary.$Properties;

const DEFAULTS: EventOptions = {};

/**
 * Writes a summary as it is, legacy values (`simpleValue`, `histo`, `image`, `audio`) among them.
 *
 * @param summary a Summary, encoded or not; tags and metadata are the caller's. Of encoded ones every byte is
 *   kept, fields unknown here too.
 * @returns whether it was kept
 * @throws ValueError when it is neither an object with values nor the bytes of a Summary, StepError
 * @example
 * writer.rawSummary({ value: [{ tag: "loss", simpleValue: 0.5 }] }, { step: 0 });
 */
export function rawSummary(
  recorder: Recorder,
  summary: RawSummary | Uint8Array,
  options: EventOptions = DEFAULTS,
): boolean {
  checkOptions(options, EVENT_OPTIONS, () => "a raw summary");
  const step = recorder.stepOf(options);
  if (summary instanceof Uint8Array)
    return recorder.encodedSummary(checkEncoded(summary), step, options.wallTime);
  if (typeof summary !== "object" || summary === null || !Array.isArray(summary.value))
    throw new ValueError(`a summary is { value: […] } or the bytes of one, not ${describe(summary)}`);
  return recorder.event({ summary }, step, options.wallTime);
}

function checkEncoded(bytes: Uint8Array): Uint8Array {
  try {
    pb.Summary.decode(bytes);
    return bytes;
  } catch (cause) {
    throw new ValueError(`these ${bytes.length} bytes are no encoded Summary`, { cause });
  }
}
