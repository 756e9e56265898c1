/** What is said where a panel has no step to show, or nothing of one: what to choose, or how to record it. */
import { currentRun } from "../choices.ts";

/** `what` says what the panel shows of a step. */
export function NoStep({ what }: { what: string }) {
  const run = currentRun.value;
  if (run && run.steps.length > 0) return <p>Choose a step above: {what}.</p>;
  return (
    <>
      <p>This run has no step with times, so there is nothing to show here: {what}.</p>
      <UnreadProfiles />
      <HowToRecord />
    </>
  );
}

/** A step's metadata may hold graphs of functions and no times, as `tf.summary.trace_export` writes them. */
export function NothingRan() {
  return (
    <div class="dock-note muted">
      <p>
        This step’s metadata hold no executions of nodes: it was traced for its graph, without times and
        memory.
      </p>
      <HowToRecord />
    </div>
  );
}

/** Profiles of the run that are there and are not read. */
export function UnreadProfiles() {
  const [first, ...more] = currentRun.value?.unread_profiles ?? [];
  if (first === undefined) return null;
  return (
    <p>
      Its profile <code>{first}</code> {more.length > 0 && `(and ${more.length} more) `}is an XSpace, which is
      not read here: XProf shows it.
    </p>
  );
}

function HowToRecord() {
  return (
    <p>
      Steps with times are recorded by <code>writer.trace(name, tf, step)</code> of tsboard for TensorFlow.js,
      by <code>torch.profiler</code> with <code>tensorboard_trace_handler</code>, and by a TensorFlow 1
      session with <code>RunOptions.FULL_TRACE</code> and <code>add_run_metadata</code>.
    </p>
  );
}
