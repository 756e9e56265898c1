/** LeNet-5's train step traced on the native back end: every kernel that ran, on its device; and what runs within others. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { trace } from "../../summary/index.ts";
import { kernelsOf, lenet, namesOf, nodesOf, ran, statsOf } from "../summary/trace/steps.ts";
import { missing, title } from "./native.ts";

describe.skipIf(missing)(title, () => {
  test("a traced train step has every kernel once, and its time and memory", {
    timeout: 60_000,
  }, async () => {
    await tf.setBackend("tensorflow");
    const { model, step, images, labels } = lenet(20);
    const expected = await ran(step);
    const traced = await trace(tf, step, { model, names: { images, labels } });
    // Those that run others began before them, and ended after: the profiler has them later.
    const kernels = kernelsOf(traced).map(({ op }) => op);
    expect(kernels.toSorted()).toEqual(expected.toSorted());
    expect(namesOf(traced)).toContain("gradients/c1/Relu_grad/Step/IsNan");
    expect(namesOf(traced)).toEqual(
      expect.arrayContaining([
        "c1/Conv2D",
        "gradients/c1/Conv2D_grad/Conv2DBackpropFilter",
        "SGD/update_c1/kernel/Add",
      ]),
    );
    const devices = new Set(nodesOf(traced).map(({ device }) => device));
    expect([...devices]).toEqual([
      expect.stringMatching(/^\/job:localhost\/replica:0\/task:0\/device:(CPU|GPU):0$/),
    ]);
    const conv = statsOf(traced).get("c1/Conv2D");
    expect(Number(conv?.allEndRelNanos)).toBeGreaterThan(0);
    expect(conv?.memory?.[0]?.allocatorName).toBe("tensorflow");
    expect(Number(conv?.memory?.[0]?.totalBytes)).toBe(20 * 28 * 28 * 6 * 4);
  });

  test("a kernel that is made of others has them in its scope, and is its own time only", async () => {
    await tf.setBackend("tensorflow");
    const { model, images } = lenet(20);
    const traced = await trace(tf, () => model.predict(images), { model });
    const fused = nodesOf(traced).find(({ name, op }) => name.startsWith("f5/") && op === "_FusedMatMul");
    expect(fused).toBeDefined();
    const inner = namesOf(traced).filter((name) => name.startsWith(`${fused?.name}/`));
    expect(inner.length).toBeGreaterThan(0);
    // The one that comes last is what it waits for.
    expect(fused?.input.some((input) => input.startsWith(`^${fused.name}/`))).toBe(true);
  });
});
