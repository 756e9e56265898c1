/** The MNIST demo on the native back end, as a command. */
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { decodeTensor } from "../../proto/index.ts";
import { readEvents, temporaryDirectory } from "../summary/event-files.ts";
import { missing, title } from "./native.ts";

const demo = fileURLToPath(new URL("../../examples/mnist/main.ts", import.meta.url));
const run = promisify(execFile);

describe.skipIf(missing)(title, () => {
  test("npm run demo -- --backend node", { timeout: 120_000 }, async () => {
    const logdir = path.join(temporaryDirectory(), "runs");
    const options = [
      "--backend",
      "node",
      "--no-server",
      "--runs",
      "all-five",
      "--steps",
      "60",
      "--logdir",
      logdir,
    ];
    const flags = ["--conditions=tsboard-source", "--import", "tsx"];
    const { stdout } = await run(process.execPath, [...flags, demo, ...options]);
    expect(stdout).toContain("TensorFlow.js back end: tfjs-node, as asked");
    const values = readEvents(path.join(logdir, "all-five")).flatMap(({ summary }) => summary?.value ?? []);
    const of = (wanted: string) => values.filter(({ tag }) => tag === wanted);
    expect(of("loss/total")).toHaveLength(60);
    expect(decodeTensor(of("accuracy/test")[0]?.tensor ?? {}).data[0]).toBeGreaterThan(0.7);
  });
});
