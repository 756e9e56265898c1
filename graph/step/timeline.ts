/** A step's executions as the timeline draws them. */
import type { GraphTimeline } from "../views.ts";
import type { JoinedStep } from "./joined-step.ts";
import { lanesOf } from "./lanes.ts";
import { opOfExecution } from "./op-of-execution.ts";

export function timelineOf(joined: JoinedStep): GraphTimeline {
  const { step, shownNames } = joined;
  const { lanes, lane, depth } = lanesOf(step);
  const first = step.firstStart;
  const ops: string[] = step.names.texts.map(() => "");
  for (let execution = 0; execution < step.length; execution++)
    ops[step.name[execution]!] ||= opOfExecution(joined, execution) ?? "";
  let last = first;
  for (let execution = 0; execution < step.length; execution++) last = Math.max(last, step.end(execution));
  return {
    lanes,
    names: shownNames,
    ops,
    name: step.name,
    lane: Array.from(lane),
    depth: Array.from(depth),
    start_micros: step.start.map((start) => Math.max(0, start - first)),
    duration_micros: step.duration,
    span_micros: last - first,
  };
}
