/** The runs of a training, `train` and `validation`: each is opened when something is written to it. */
import type { SummaryWriter } from "../writer.ts";

/**
 * A run of a training, as Keras names them.
 *
 * @example
 * const runs: CallbackRun[] = ["train", "validation"];
 * const sinks = new Map(runs.map((run) => [run, new MemorySink()]));
 * const board = callback((run) => createWriter(sinks.get(run)!), { writeGraph: false });
 * await board.onEpochEnd(0, { loss: 0.5, val_loss: 0.6 });
 * await board.onTrainEnd();
 */
export type CallbackRun = "train" | "validation";

export class Runs<Writer extends SummaryWriter> {
  private readonly open: (run: CallbackRun) => Writer;
  private readonly writers = new Map<CallbackRun, Writer>();

  constructor(open: (run: CallbackRun) => Writer) {
    this.open = open;
  }

  /** The run's writer, opened if it is not. */
  writer(run: CallbackRun): Writer {
    const known = this.writers.get(run);
    if (known !== undefined && !known.closed) return known;
    const opened = this.open(run);
    this.writers.set(run, opened);
    return opened;
  }

  /** Closes those that are open; what is written later opens them anew. */
  async close(): Promise<void> {
    const open = [...this.writers.values()];
    this.writers.clear();
    await Promise.all(open.map((writer) => writer.close()));
  }
}
