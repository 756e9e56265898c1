/** An event as protobuf has it, for what no other kind writes. */
import { checkOptions, EVENT_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { EventContent, Recorder } from "../recorder.ts";

const DEFAULTS: EventOptions = {};

/**
 * Writes an event.
 *
 * @param content all but step and wall time, such as `{ summary: { value: [{ tag, simpleValue: 0.5 }] } }`;
 *   tags and metadata are the caller's
 * @returns whether it was kept
 * @throws ValueError when it is no object, StepError
 * @example
 * writer.event({ logMessage: { level: 30, message: "the loss is NaN" } }, { step: 7 });
 */
export function event(recorder: Recorder, content: EventContent, options: EventOptions = DEFAULTS): boolean {
  checkOptions(options, EVENT_OPTIONS, () => "an event");
  if (typeof content !== "object" || content === null)
    throw new ValueError(`an event's content is an object, not ${describe(content)}`);
  return recorder.event(content, recorder.stepOf(options), options.wallTime);
}
