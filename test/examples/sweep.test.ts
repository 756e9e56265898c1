/** The sweep: a configuration above its sessions, each with its values, its metrics and how it ended. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { type Dataset, loadDataset } from "../../examples/mnist/data.ts";
import { config, nameOf, sessions } from "../../examples/sweep/space.ts";
import { sweep } from "../../examples/sweep/train.ts";
import { pb } from "../../proto/index.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";

let dataset: Dataset;

beforeAll(async () => {
  await pickBackend("wasm");
  dataset = await loadDataset(1);
});

/** What an event file says to the hparams dashboard, by tag. */
function hparamsIn(directory: string): Record<string, pb.hparams.HParamsPluginData> {
  const values = readEvents(directory).flatMap((event) => event.summary?.value ?? []);
  return Object.fromEntries(
    values
      .filter(({ metadata }) => metadata?.pluginData?.pluginName === "hparams")
      .map(({ tag, metadata }) => [
        tag ?? "",
        pb.hparams.HParamsPluginData.decode(metadata?.pluginData?.content ?? new Uint8Array()),
      ]),
  );
}

test("every combination is a session of its own", () => {
  expect(sessions.length).toBeGreaterThanOrEqual(8);
  expect(new Set(sessions.map(nameOf)).size).toBe(sessions.length);
});

test("what each session was given, measured and came to is on disk; one that diverges is a failure", async () => {
  const logdir = temporaryDirectory();
  const steps = 25;
  const results = await sweep(dataset, { logdir, steps, seed: 1, signal: new AbortController().signal });
  expect(results.map(({ name }) => name)).toEqual(sessions.map(nameOf));
  expect(readdirSync(logdir).filter((name) => !name.includes("tfevents"))).toEqual(
    sessions.map(nameOf).sort(),
  );

  const { experiment } = hparamsIn(logdir)["_hparams_/experiment"] ?? {};
  expect(experiment?.hparamInfos?.map(({ name }) => name)).toEqual(config.hparams.map(({ name }) => name));
  expect(experiment?.metricInfos?.map(({ name }) => name?.tag)).toEqual([
    "accuracy/validation",
    "loss/train",
  ]);

  const statuses = { success: pb.hparams.Status.STATUS_SUCCESS, failure: pb.hparams.Status.STATUS_FAILURE };
  for (const [i, values] of sessions.entries()) {
    const { name, status, accuracy } = results[i]!;
    const session = hparamsIn(path.join(logdir, name));
    expect(session["_hparams_/session_start_info"]?.sessionStartInfo?.hparams).toMatchObject({
      learning_rate: { numberValue: values.learning_rate },
      hidden_units: { numberValue: values.hidden_units },
      activation: { stringValue: values.activation },
    });
    expect(session["_hparams_/session_end_info"]?.sessionEndInfo?.status).toBe(
      statuses[status as keyof typeof statuses],
    );
    const scalars = scalarsOf(readEvents(path.join(logdir, name)));
    const losses = scalars.filter(({ tag }) => tag === "loss/train").map(({ value }) => value);
    if (status === "success") expect(losses).toHaveLength(steps);
    else expect(losses.at(-1)).toBeGreaterThan(losses[0]! * 10);
    expect(scalars.findLast(({ tag }) => tag === "accuracy/validation")?.value).toBeCloseTo(accuracy, 6);
  }
  const count = (status: string) => results.filter((result) => result.status === status).length;
  expect(count("failure")).toBeGreaterThanOrEqual(1);
  expect(count("success")).toBeGreaterThanOrEqual(8);
  expect(Math.max(...results.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.6);
});

test("a session that is ended from outside is written as one that did not end by itself", async () => {
  const logdir = temporaryDirectory();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  const results = await sweep(dataset, { logdir, steps: 100_000, seed: 1, signal: controller.signal });
  expect(results.map(({ status }) => status)).toEqual(["running"]);
  const ended = hparamsIn(path.join(logdir, results[0]!.name))["_hparams_/session_end_info"];
  expect(ended?.sessionEndInfo?.status).toBe(pb.hparams.Status.STATUS_RUNNING);
});
