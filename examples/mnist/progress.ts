/** What the terminal shows: a bar a run while they train, or plain lines where there is no terminal; then a table. */

import { MultiBar, type SingleBar } from "cli-progress";
import type { RunProgress, RunResult } from "./train.ts";

export interface ProgressDisplay {
  update(progress: RunProgress): void;
  /** Leaves the terminal ready for other lines. */
  stop(): void;
}

/** Bars on a terminal, otherwise a line a run for each tenth of the way. */
export function createProgress(
  runs: readonly string[],
  steps: number,
  output: NodeJS.WriteStream | LineOutput = process.stdout,
): ProgressDisplay {
  return output.isTTY ? createBars(runs, steps, output) : createLines(runs, steps, output);
}

/** Where lines go that are no terminal. */
export interface LineOutput {
  readonly isTTY: false;
  write(line: string): boolean;
}

/** Accuracies in percent, a row a run, the best test accuracy first. */
export function formatResults(results: readonly RunResult[]): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const header = ["run", "steps", "train", "validation", "test"];
  const rows = results
    .toSorted((a, b) => b.test - a.test)
    .map((one) => [
      one.run,
      String(one.steps),
      percent(one.train),
      percent(one.validation),
      percent(one.test),
    ]);
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  return [header, widths.map((width) => "-".repeat(width)), ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
    )
    .join("\n");
}

function createBars(runs: readonly string[], steps: number, stream: NodeJS.WriteStream): ProgressDisplay {
  const width = widest(runs);
  const multi = new MultiBar({
    stream,
    format: "{name} {bar} {value}/{total}  loss {loss}  accuracy {accuracy}",
    barsize: 24,
    barCompleteChar: "\u2588",
    barIncompleteChar: "\u2591",
    hideCursor: true,
    fps: 5,
    // Without this cli-progress handles Ctrl-C itself, which is the demo's to do.
    gracefulExit: false,
  });
  const bars = new Map<string, SingleBar>();
  for (const name of runs) {
    bars.set(name, multi.create(steps, 0, { name: name.padEnd(width), loss: "-", accuracy: "-" }));
  }
  return {
    update({ run, step, loss, accuracy }) {
      bars.get(run)?.update(step, { loss: loss.toFixed(3), accuracy: accuracy.toFixed(3) });
    },
    stop: () => multi.stop(),
  };
}

function createLines(
  runs: readonly string[],
  steps: number,
  output: Pick<LineOutput, "write">,
): ProgressDisplay {
  const width = widest(runs);
  const every = Math.max(1, Math.floor(steps / 10));
  return {
    update({ run, step, loss, accuracy }) {
      if (step % every !== 0 && step !== steps) return;
      const figures = `loss ${loss.toFixed(3)}  accuracy ${accuracy.toFixed(3)}`;
      output.write(
        `${run.padEnd(width)}  ${String(step).padStart(String(steps).length)}/${steps}  ${figures}\n`,
      );
    },
    stop() {},
  };
}

function widest(names: readonly string[]): number {
  return Math.max(...names.map((name) => name.length));
}
