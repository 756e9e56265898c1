/** What event files hold, as `FileWriter` takes it. */
import { pb } from "../../../proto/codec.ts";

/**
 * A Summary as an object in the codec's shape.
 *
 * @example const loss: v1.summary.Summary = { value: [{ tag: "loss", simpleValue: 0.5 }] };
 */
export type Summary = pb.Summary.$Properties;

/**
 * An event as an object in the codec's shape, wall time and step included.
 *
 * @example const event: v1.summary.Event = { wallTime: 1_700_000_000, step: 7, sessionLog: { status: v1.SessionLog.STOP } };
 */
export type Event = pb.Event.$Properties;

/**
 * A session's milestones, for `addSessionLog`: `START`, which makes readers discard later steps, `STOP` and
 * `CHECKPOINT`.
 *
 * @example
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSessionLog({ status: v1.SessionLog.CHECKPOINT, checkpointPath: "model-100" }, 100);
 * await events.close();
 */
export const SessionLog: typeof pb.SessionLog.SessionStatus = pb.SessionLog.SessionStatus;
