/** A session's milestones: started, stopped, checkpoint written. A start makes readers discard later steps. */
import { pb } from "../../proto/codec.ts";
import { checkOptions, EVENT_OPTIONS, type OptionNames } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ValueError } from "../errors.ts";
import type { EventOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";

/**
 * What is said of a milestone.
 *
 * @example
 * const options: SessionLogOptions = { step: 100, checkpointPath: "model-100", message: "best so far" };
 * writer.sessionLog("checkpoint", options);
 */
export interface SessionLogOptions extends EventOptions {
  readonly checkpointPath?: string | undefined;
  readonly message?: string | undefined;
}

const OPTIONS: OptionNames<SessionLogOptions> = { ...EVENT_OPTIONS, checkpointPath: true, message: true };
const STATUSES = {
  start: pb.SessionLog.SessionStatus.START,
  stop: pb.SessionLog.SessionStatus.STOP,
  checkpoint: pb.SessionLog.SessionStatus.CHECKPOINT,
};

/**
 * Writes a milestone.
 *
 * @returns whether it was kept
 * @throws ValueError when there is no such status, StepError
 * @example
 * writer.sessionLog("start", { step: 0 });
 * writer.sessionLog("checkpoint", { step: 100, checkpointPath: "model-100" });
 */
export function sessionLog(
  recorder: Recorder,
  status: "start" | "stop" | "checkpoint",
  options: SessionLogOptions = {},
): boolean {
  checkOptions(options, OPTIONS, () => `session log "${status}"`);
  if (!Object.hasOwn(STATUSES, status)) throw new ValueError(`no status of a session: ${describe(status)}`);
  const { checkpointPath, message: msg } = options;
  const sessionLog = {
    status: STATUSES[status],
    ...(checkpointPath && { checkpointPath }),
    ...(msg && { msg }),
  };
  return recorder.event({ sessionLog }, recorder.stepOf(options), options.wallTime);
}
