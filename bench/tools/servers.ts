/** Servers under measurement: ours as it ships, and the peers where they are installed. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Python with the peers: TSBOARD_PYTHON, or the project's own .venv; null when there is none. */
export const python: string | null =
  [process.env.TSBOARD_PYTHON, path.join(root, ".venv/bin/python")].find(
    (p) => p !== undefined && existsSync(p),
  ) ?? null;

export interface Measured {
  readonly process: ChildProcess;
  /** When the process was started, as performance.now() has it. */
  readonly started: number;
  stop(): Promise<void>;
}

export interface MeasuredServer extends Measured {
  readonly url: string;
}

function start(command: string, args: readonly string[]): Measured {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // Also where the measurement fails.
  const kill = () => child.kill();
  process.once("exit", kill);
  void ended.then(() => process.off("exit", kill));
  return {
    process: child,
    started,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** Resolves with the first match in what the process prints. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) resolve(match);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", (code) =>
      reject(new Error(`ended with ${code} before it printed ${pattern}:\n${text}`)),
    );
  });
}

/** The built command. */
export async function startTsboard(logdir: string, ...flags: string[]): Promise<MeasuredServer> {
  const bin = path.join(root, "dist/command/bin.js");
  // Nothing remembered from an earlier run, unless a flag after it says so.
  const args = ["--logdir", logdir, "--port", "0", "--index_cache", "off", ...flags];
  const measured = start(process.execPath, [bin, ...args]);
  const [, url] = await printed(measured.process, /at (http:\S+)/);
  return { ...measured, url: url! };
}

/** Stock TensorBoard, with its defaults where no flag says otherwise; null where it is not installed. */
export async function startTensorBoard(logdir: string, ...flags: string[]): Promise<MeasuredServer | null> {
  if (!python || !isInstalled("tensorboard")) return null;
  const args = ["-m", "tensorboard.main", "--logdir", logdir, "--port", "0", "--host", "127.0.0.1"];
  const measured = start(python, [...args, ...flags]);
  const [, url] = await printed(measured.process, /at (http:\S+)/);
  return { ...measured, url: url! };
}

/** Whether the Python has a module. */
export function isInstalled(module: string): boolean {
  try {
    execFileSync(python ?? "", [
      "-c",
      `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`,
    ]);
    return true;
  } catch {
    return false;
  }
}

/** RustBoard by itself, reading once; null where it is not installed. */
export function startRustBoard(logdir: string): Measured | null {
  if (!python) return null;
  const code = "import tensorboard_data_server as t; print(t.server_binary())";
  try {
    const binary = execFileSync(python, ["-c", code], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return start(binary, ["--logdir", logdir, "--port", "0", "--reload", "once", "-v"]);
  } catch {
    return null;
  }
}

/** Waits until our server has read all there is; gives milliseconds since it was started. */
export async function untilLoaded({ url, started }: MeasuredServer): Promise<number> {
  for (;;) {
    const status = (await (await fetch(new URL("api/v1/status", url))).json()) as {
      loading: { loading: boolean };
    };
    if (!status.loading.loading) return performance.now() - started;
    // Not so often that the questions take the server's time.
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until TensorBoard, which reads in the background and answers meanwhile with what it has, knows so many runs. */
export async function untilStockHas(url: string, runs: number): Promise<void> {
  for (;;) {
    const found = (await (await fetch(new URL("data/runs", url))).json()) as string[];
    if (found.length >= runs) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Resident memory of a process now and at its peak, bytes; null where the system does not tell. */
export function memory({ process: child }: Measured): { resident: number; peak: number } | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
    return { resident: kilobytes("VmRSS") * 1024, peak: kilobytes("VmHWM") * 1024 };
  } catch {
    return null;
  }
}
