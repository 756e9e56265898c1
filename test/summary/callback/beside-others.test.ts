/**
 * The callback beside those of TensorFlow.js in one list: what docs/coming-from.md says of their order. TensorFlow.js looks
 * at the first of a list only (`standardizeCallbacks` of its layers/src/base_callbacks.ts).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CustomCallback, type Logs, callbacks as theirs } from "@tensorflow/tfjs-layers";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { callback } from "../../../summary/index.ts";
import { decodeEvents } from "../event-files.ts";
import { MemoryRuns, smallModel, train } from "./training.ts";

afterEach(() => vi.restoreAllMocks());

/** Stops after the third of ten epochs. */
const EPOCHS = [0, 1, 2];
const BATCHES = [1, 2, 3, 4, 5, 6];
const stopping = () => theirs.earlyStopping({ monitor: "loss", baseline: -1, patience: EPOCHS.length });

type Place = "ours" | "stopping" | "custom";

/** A training with the callbacks in that order: what was written, and what each of the others was told. */
async function trained(...order: Place[]) {
  const runs = new MemoryRuns();
  const model = smallModel();
  const told: string[] = [];
  const tell = (what: string) => async (at?: unknown) => {
    told.push(typeof at === "number" ? `${what} ${at}` : what);
  };
  const made = {
    ours: () => callback(runs.open, { model, updateFreq: "batch", histogramFreq: 1 }),
    stopping,
    custom: () =>
      new CustomCallback(
        { onEpochEnd: tell("epoch"), onBatchEnd: tell("batch"), onTrainEnd: () => tell("end")() },
        "never",
      ),
  };
  const history = (await train(model, {
    epochs: order.includes("stopping") ? 10 : EPOCHS.length,
    validationSplit: 0.5,
    batchSize: 2,
    callbacks: order.map((place) => made[place]()),
  })) as { readonly history: Readonly<Record<string, readonly number[]>> };
  return { runs, told, history: history.history };
}

const WRITTEN = {
  keras: [0],
  batch_loss: BATCHES,
  batch_mae: BATCHES,
  epoch_loss: EPOCHS,
  epoch_mae: EPOCHS,
  epoch_learning_rate: EPOCHS,
  "net/only/kernel/histogram": EPOCHS,
  "net/only/bias/histogram": EPOCHS,
};

describe("behind one of TensorFlow.js's own", () => {
  test.each<Place[][]>([
    [["ours"]],
    [["stopping", "ours"]],
    [["custom", "ours"]],
    [["stopping", "ours", "custom"]],
    [["stopping", "custom", "ours"]],
    [["custom", "ours", "stopping"]],
    [["custom", "stopping", "ours"]],
  ])("%j: everything is written, with TensorFlow.js's own numbers", async (order) => {
    const { runs, told, history } = await trained(...order);
    expect(runs.steps("train")).toEqual(WRITTEN);
    expect(runs.steps("validation")).toEqual({
      epoch_loss: EPOCHS,
      epoch_mae: EPOCHS,
      evaluation_loss_vs_iterations: [2, 4, 6],
      evaluation_mae_vs_iterations: [2, 4, 6],
    });
    for (const name of ["loss", "mae"]) {
      expect(history[name]).toHaveLength(EPOCHS.length);
      expect(runs.values("train", `epoch_${name}`)).toEqual(history[name]);
      expect(runs.values("validation", `epoch_${name}`)).toEqual(history[`val_${name}`]);
    }
    // The same training, whoever looks on, with all names.
    const alone = await trained("ours");
    for (const tag of Object.keys(WRITTEN))
      expect(runs.values("train", tag), tag).toEqual(alone.runs.values("train", tag));
    expect(new Set(runs.values("train", "epoch_loss")).size).toBe(EPOCHS.length);
    // And the others had it all.
    if (order.includes("custom"))
      expect(told).toEqual([...EPOCHS.flatMap((epoch) => ["batch 0", "batch 1", `epoch ${epoch}`]), "end"]);
  });

  test("a training that is stopped has closed its files, with the last epoch in them", async () => {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-stopped-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    const model = smallModel();
    const board = callback(logdir, { model, updateFreq: "batch" });
    await train(model, { epochs: 10, validationSplit: 0.5, batchSize: 2, callbacks: [stopping(), board] });
    const epochs = (run: string) => {
      const files = readdirSync(path.join(logdir, run));
      expect(files).toHaveLength(1);
      return decodeEvents(readFileSync(path.join(logdir, run, files[0]!)))
        .filter(({ summary }) => summary?.value?.[0]?.tag === "epoch_loss")
        .map(({ step }) => Number(step ?? 0));
    };
    expect([epochs("train"), epochs("validation")]).toEqual([EPOCHS, EPOCHS]);
  });
});

describe("logs that another callback changes", () => {
  const extra = {
    onEpochEnd: async (_epoch: number, logs?: Logs) => void Object.assign(logs!, { extra: 7 }),
  };

  test.each([
    ["a plain object", () => extra],
    ["one of TensorFlow.js's", () => new CustomCallback(extra, "never")],
  ])("%s before ours is seen", async (_what, make) => {
    const runs = new MemoryRuns();
    const model = smallModel();
    await train(model, { callbacks: [make(), callback(runs.open, { model })] });
    expect(runs.values("train", "epoch_extra")).toEqual([7, 7]);
  });

  test("behind ours it is not", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    await train(model, { callbacks: [callback(runs.open, { model }), extra] });
    expect(runs.values("train", "epoch_loss")).toHaveLength(2);
    expect(runs.steps("train")).not.toHaveProperty("epoch_extra");
  });
});

describe("before one of TensorFlow.js's own", () => {
  test("earlyStopping fails at the end of the first epoch, which is written", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const board = callback(runs.open, { model });
    await expect(train(model, { callbacks: [board, stopping()] })).rejects.toThrow(
      "getMonitorValue is not a function",
    );
    await board.close();
    expect(runs.steps("train")).toMatchObject({ epoch_loss: [0], epoch_mae: [0] });
  });

  test("a CustomCallback calls itself", async () => {
    const runs = new MemoryRuns();
    const model = smallModel();
    const own = CustomCallback.prototype.onTrainBegin;
    let depth = 0;
    vi.spyOn(CustomCallback.prototype, "onTrainBegin").mockImplementation(function (
      this: CustomCallback,
      logs,
    ) {
      if (++depth > 50) throw new Error("for ever");
      return own.call(this, logs);
    });
    await expect(
      train(model, { callbacks: [callback(runs.open, { model }), new CustomCallback({}, "never")] }),
    ).rejects.toThrow("for ever");
  });
});
