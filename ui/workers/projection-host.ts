/**
 * Answers a page's questions from one session: all that are open take turns of a few milliseconds, so that a short one
 * is answered while a long one runs, and each can be paused, stopped and cancelled.
 */
import { LayoutControl } from "../projection/layout-control.ts";
import { ProjectionSession } from "../projection/session.ts";
import { WAITING, type Work } from "../projection/work.ts";
import { type Action, buffersIn, type FromWorker, type Send, type ToWorker } from "./projection-protocol.ts";

/** How long one question is worked at before messages and the others get their turn. */
const TURN_MS = 10;
/** Progress is told this often at most. */
const PROGRESS_MS = 50;

interface Task {
  readonly id: number;
  readonly work: Work<unknown>;
  readonly control: LayoutControl;
  paused: boolean;
  toldAt: number;
}

/**
 * @param send says something to the page
 * @param later calls back when the messages that have come are heard
 * @returns what hears the page
 */
export function hostProjection(
  send: Send<FromWorker>,
  later: (callback: () => void) => void,
): (message: ToWorker) => void {
  const session = new ProjectionSession();
  const tasks = new Map<number, Task>();
  const say = (message: FromWorker): void => send(message, buffersIn(message));
  let turning = false;

  const nextTurn = (): void => {
    if (turning) return;
    turning = true;
    later(turn);
  };

  const finish = (task: Task, message: FromWorker): void => {
    tasks.delete(task.id);
    say(message);
  };

  const workAt = (task: Task): void => {
    const until = performance.now() + TURN_MS;
    try {
      for (;;) {
        const step = task.work.next();
        const now = performance.now();
        if (step.done) {
          finish(task, { id: task.id, answer: step.value });
          return;
        }
        if (now - task.toldAt >= PROGRESS_MS) {
          task.toldAt = now;
          say({ id: task.id, progress: step.value });
        }
        if (now >= until || step.value === WAITING) return;
      }
    } catch (error) {
      finish(task, { id: task.id, error: error instanceof Error ? error.message : String(error) });
    }
  };

  const turn = (): void => {
    turning = false;
    for (const task of [...tasks.values()]) if (!task.paused) workAt(task);
    if ([...tasks.values()].some((task) => !task.paused)) nextTurn();
  };

  const act = (task: Task, action: Action): void => {
    if (action === "seen") task.control.seen();
    else if (action === "perturb") task.control.perturb();
    else if (action === "cancel") {
      task.work.return(undefined);
      tasks.delete(task.id);
      return;
    } else if (action === "stop") task.control.stop();
    // What is stopped has to go on to its end.
    task.paused = action === "pause" || (task.paused && action !== "resume" && action !== "stop");
    nextTurn();
  };

  return (message) => {
    if ("action" in message) {
      const task = tasks.get(message.id);
      if (task) act(task, message.action);
      return;
    }
    if ("change" in message) {
      tasks.get(message.id)?.control.change(message.change);
      return;
    }
    const { id, question, argument } = message;
    const control = new LayoutControl((frame) => say({ id, frame }));
    // The page's side pairs each question with its argument (`ask` in projection-client.ts).
    const method = session[question] as (argument: unknown, control: LayoutControl) => Work<unknown>;
    tasks.set(id, { id, work: method.call(session, argument, control), control, paused: false, toldAt: 0 });
    nextTurn();
  };
}
