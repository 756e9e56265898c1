/** A step's executions as the RunMetadata that TensorFlow would have written of them. */
import type { pb } from "../../proto/index.ts";
import type { StepColumns } from "../step/step-columns.ts";

/** Times count from the first start, in nanoseconds. Without outputs and allocations: traces tell of neither. */
export function runMetadataOf(step: StepColumns): pb.RunMetadata.$Properties {
  const devStats = step.devices.map((device, d) => ({
    device,
    nodeStats: [] as pb.NodeExecStats.$Properties[],
    threadNames: Object.fromEntries(step.threads[d] ?? []),
  }));
  const first = step.firstStart;
  for (let execution = 0; execution < step.length; execution++) {
    // A start of 0 would be taken as not told.
    const start = step.start[execution]! - first + 1;
    devStats[step.device[execution]!]!.nodeStats.push({
      nodeName: step.nameOf(execution),
      allStartNanos: Math.round(start * 1000),
      allEndRelNanos: Math.round(step.duration[execution]! * 1000),
      threadId: step.thread[execution]!,
      timelineLabel: step.labels.texts[step.label[execution]!]!,
    });
  }
  return { stepStats: { devStats } };
}
