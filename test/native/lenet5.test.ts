/** LeNet-5 trained natively on real digits through the callback: it reads them, and what it wrote is all there. */
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { trainLenet5 } from "../../examples/lenet5/train.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "../summary/event-files.ts";
import { described } from "../tools/described-runs.ts";
import { missing, title } from "./native.ts";

describe.skipIf(missing)(title, () => {
  test("LeNet-5 learns to read digits, and its runs tell how", { timeout: 180_000 }, async () => {
    const logdir = temporaryDirectory();
    const accuracy = await trainLenet5({ logdir, epochs: 2, digits: 4000 });
    expect(tf.getBackend()).toBe("tensorflow");
    expect(accuracy).toBeGreaterThan(0.8);

    const { runs } = described(logdir);
    const layers = ["c1", "c3", "f5", "f6", "output"];
    const histograms = layers.flatMap((layer) =>
      ["kernel", "bias"].map((weight) => `lenet5/${layer}/${weight}/histogram`),
    );
    for (const tag of histograms)
      expect(runs.train?.[tag]).toEqual({ plugin: "histograms", steps: [0, 1], shape: [30, 3] });
    expect(runs.train?.["lenet5/c1/kernel/image"]?.steps).toEqual([0, 1]);
    expect(runs.train?.batch_loss?.steps).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
    expect(runs.validation?.evaluation_accuracy_vs_iterations?.steps).toEqual([40, 80]);

    const loss = scalarsOf(readEvents(path.join(logdir, "validation"))).filter(
      ({ tag }) => tag === "epoch_loss",
    );
    expect(loss[1]?.value).toBeLessThan(loss[0]?.value ?? 0);
  });
});
