/** The LeNet-5 example: the network has the book's numbers of parameters, and learns to read real digits. */
import { expect, test } from "vitest";
import { pickBackend } from "../../examples/backend.ts";
import { lenet5 } from "../../examples/lenet5/model.ts";
import { trainLenet5 } from "../../examples/lenet5/train.ts";
import { described } from "../tools/described-runs.ts";
import { temporaryDirectory } from "../tools/records.ts";

test("the parameters are as many as in the book", async () => {
  await pickBackend("cpu");
  const model = lenet5();
  const parameters = Object.fromEntries(model.layers.map((layer) => [layer.name, layer.countParams()]));
  expect(parameters).toEqual({
    pad: 0,
    c1: 5 * 5 * 1 * 6 + 6, // 156
    s2: 0,
    c3: 5 * 5 * 6 * 16 + 16, // 2,416
    s4: 0,
    flatten: 0,
    f5: 5 * 5 * 16 * 120 + 120, // 48,120
    f6: 120 * 84 + 84, // 10,164
    output: 84 * 10 + 10, // 850
  });
  expect(model.countParams()).toBe(61_706);
  const shapes = ["c1", "s2", "c3", "s4", "flatten"].map((name) => model.getLayer(name).outputShape);
  expect(shapes).toEqual([
    [null, 28, 28, 6],
    [null, 14, 14, 6],
    [null, 10, 10, 16],
    [null, 5, 5, 16],
    [null, 400],
  ]);
});

test("it learns, and its runs are Keras's", { timeout: 120_000 }, async () => {
  await pickBackend("wasm");
  const logdir = temporaryDirectory();
  const accuracy = await trainLenet5({ logdir, epochs: 2, digits: 1500 });
  expect(accuracy).toBeGreaterThan(0.5); // Guessing reads 0.1 of them.
  const { train, validation } = described(logdir).runs;
  expect(train?.epoch_loss?.steps).toEqual([0, 1]);
  expect(train?.batch_accuracy?.steps).toHaveLength(30);
  expect(train?.["lenet5/c1/kernel/image"]).toMatchObject({ plugin: "images", steps: [0, 1] });
  expect(train?.digits?.plugin).toBe("images");
  expect(Object.keys(validation ?? {}).sort()).toEqual([
    "epoch_accuracy",
    "epoch_loss",
    "evaluation_accuracy_vs_iterations",
    "evaluation_loss_vs_iterations",
  ]);
});
