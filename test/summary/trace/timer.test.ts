/** A back end that computes later and tells times when it is done, as WebGL does; and one that cannot tell. */
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trace } from "../../../summary/index.ts";
import { statsOf } from "./steps.ts";

class LaterBackend extends MathBackendCPU {
  hasTimer = true;
  timed = 0;

  override timerAvailable(): boolean {
    return this.hasTimer;
  }

  override async time(work: () => void): Promise<tf.BackendTimingInfo> {
    work();
    this.timed++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { kernelMs: 2.5 };
  }
}

const backEnd = new LaterBackend();
const before = tf.getBackend();
beforeAll(async () => {
  tf.registerBackend("later", () => backEnd);
  tf.copyRegisteredKernels("cpu", "later");
  await tf.setBackend("later");
});
afterAll(() => tf.setBackend(before));

const step = () => tf.square(tf.neg(tf.ones([2])));

test("times are the back end's own", async () => {
  backEnd.timed = 0;
  const stats = statsOf(await trace(tf, step));
  expect(backEnd.timed).toBe(2);
  expect(stats.get("Square")).toMatchObject({
    opStartRelMicros: 0,
    opEndRelMicros: 2500,
    allEndRelMicros: 2500,
  });
});

test("where it has no timer, it is known when kernels were called, and no more", async () => {
  backEnd.hasTimer = false;
  const square = statsOf(await trace(tf, step)).get("Square");
  expect(Number(square?.allStartMicros)).toBeGreaterThan(0);
  expect(square?.allEndRelMicros).toBeUndefined();
  expect(square?.memory?.[0]?.totalBytes).toBe(8);
  backEnd.hasTimer = true;
});

test("an exception within what is timed goes through, and the timer ends", async () => {
  backEnd.timed = 0;
  await expect(trace(tf, () => tf.engine().runKernel("Conv2D", {}))).rejects.toThrow();
  expect(backEnd.timed).toBe(1);
});
