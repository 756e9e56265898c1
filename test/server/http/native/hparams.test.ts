/** Hyperparameters over the native API where several experiments stand in one log directory. */
import path from "node:path";
import { connect } from "tsboard/client";
import { expect, onTestFinished, test } from "vitest";
import { startServer } from "../../../../server/index.ts";
import { createFileWriter, type HParamsConfig, type HParamValue } from "../../../../summary/index.ts";
import { temporaryDirectory } from "../../../tools/records.ts";

async function write(
  logdir: string,
  run: string,
  what: {
    readonly config?: HParamsConfig;
    readonly given?: Readonly<Record<string, HParamValue>>;
    readonly scalars?: Readonly<Record<string, number>>;
  },
): Promise<void> {
  const writer = createFileWriter(path.join(logdir, run));
  if (what.config) writer.hparamsConfig(what.config);
  if (what.given) writer.hparams(what.given);
  for (const [tag, value] of Object.entries(what.scalars ?? {})) writer.scalar(tag, value, { step: 1 });
  await writer.close();
}

async function serve(logdir: string) {
  const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
  onTestFinished(() => server.close());
  await server.loaded;
  return server;
}

test("sessions of every experiment have their columns; the compatible face has the first experiment's, as stock", async () => {
  const logdir = temporaryDirectory();
  await write(logdir, "sweep", {
    config: {
      hparams: [{ name: "units", displayName: "Units" }, { name: "rate" }],
      metrics: [{ tag: "accuracy", displayName: "Accuracy" }],
    },
  });
  await write(logdir, "sweep/0", { given: { units: 16, rate: 0.1 }, scalars: { accuracy: 0.5, loss: 2 } });
  await write(logdir, "sweep/1", { given: { units: 32, rate: 0.1, seed: 7 }, scalars: { accuracy: 0.75 } });
  // As PyTorch writes it: each run describes itself.
  for (const [run, bs] of [
    ["torchlike/a", 8],
    ["torchlike/b", 64],
  ] as const)
    await write(logdir, run, {
      config: { hparams: [{ name: "bs" }, { name: "rate" }], metrics: [{ tag: "hparam/loss" }] },
      given: { bs, rate: 0.25 },
      scalars: { "hparam/loss": bs / 8, accuracy: 1 },
    });
  // Nobody speaks of these: their metrics are their scalars.
  await write(logdir, "alone", { given: { depth: 3 }, scalars: { score: 5 } });
  const server = await serve(logdir);

  const { hparams, metrics, sessions } = await connect(server.url).hparams();
  // Those that differ first: units, bs and rate have several values, seed and depth one.
  expect(hparams.map(({ name }) => name)).toEqual(["bs", "rate", "units", "depth", "seed"]);
  expect(hparams.find(({ name }) => name === "units")?.display_name).toBe("Units");
  expect(metrics.map(({ tag }) => tag)).toEqual(["accuracy", "hparam/loss", "score"]);
  expect(metrics[0]!.display_name).toBe("Accuracy");
  const told = sessions.map(({ run, values, metrics: of }) => [
    run,
    values,
    of.map((one) => one?.last ?? null),
  ]);
  expect(told.sort()).toEqual([
    ["alone", [null, null, null, 3, null], [null, null, 5]],
    ["sweep/0", [null, 0.1, 16, null, null], [0.5, null, null]],
    ["sweep/1", [null, 0.1, 32, null, 7], [0.75, null, null]],
    ["torchlike/a", [8, 0.25, null, null, null], [1, 1, null]],
    ["torchlike/b", [64, 0.25, null, null, null], [1, 8, null]],
  ]);

  const answer = await fetch(new URL("data/plugin/hparams/experiment", server.url), {
    method: "POST",
    body: "{}",
  });
  const { hparamInfos, metricInfos } = (await answer.json()) as {
    hparamInfos: { name: string }[];
    metricInfos: { name: { tag: string } }[];
  };
  expect(hparamInfos.map(({ name }) => name)).toEqual(["rate", "units"]);
  expect(metricInfos.map(({ name }) => name.tag)).toEqual(["accuracy"]);
});

test("an experiment that describes no metric has its sessions' scalars; one that does has no others", async () => {
  const logdir = temporaryDirectory();
  await write(logdir, "", { config: { hparams: [{ name: "rate" }], metrics: [] } });
  await write(logdir, "0", { given: { rate: 1 }, scalars: { loss: 3 } });
  const without = await connect((await serve(logdir)).url).hparams();
  expect(without.metrics.map(({ tag }) => tag)).toEqual(["loss"]);
  await write(logdir, "1", {
    config: { hparams: [{ name: "rate" }], metrics: [{ tag: "score" }] },
    given: { rate: 2 },
    scalars: { loss: 4, score: 5 },
  });
  const withOne = await connect((await serve(logdir)).url).hparams();
  expect(withOne.metrics.map(({ tag }) => tag)).toEqual(["score"]);
});
