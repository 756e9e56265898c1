/** Weights as images, by hand; with Keras's own pixels they are compared in test/interop/keras. */
import { expect, test } from "vitest";
import { weightImages } from "../../../summary/callback/weight-image.ts";

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const counted = (shape: readonly number[]) => Float32Array.from({ length: count(shape) }, (_, i) => i);

test("a vector is a column", () => {
  expect(weightImages(counted([3]), [3])).toEqual({ pixels: counted([3]), shape: [1, 3, 1, 1] });
});

test("a matrix lies on its side if it is higher than wide", () => {
  expect(weightImages(counted([2, 3]), [2, 3])).toEqual({ pixels: counted([6]), shape: [1, 2, 3, 1] });
  expect(weightImages(counted([3, 2]), [3, 2])).toEqual({
    pixels: Float32Array.of(0, 2, 4, 1, 3, 5),
    shape: [1, 2, 3, 1],
  });
});

test("a kernel is an image a filter", () => {
  expect(weightImages(counted([2, 2, 1, 3]), [2, 2, 1, 3])).toEqual({
    pixels: Float32Array.of(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11),
    shape: [3, 2, 2, 1],
  });
});

test("four dimensions are images where the last are colours", () => {
  expect(weightImages(counted([2, 2, 2, 3]), [2, 2, 2, 3])?.shape).toEqual([2, 2, 2, 3]);
  expect(weightImages(counted([2, 2, 2, 4]), [2, 2, 2, 4])?.shape).toEqual([2, 2, 2, 4]);
  expect(weightImages(counted([2, 2, 3, 2]), [2, 2, 3, 2])).toBeUndefined();
});

test.each([[[]], [[1, 1]], [[2, 2, 2, 2, 2]]])("[%j] is shown as none", (shape) => {
  expect(weightImages(counted(shape), shape)).toBeUndefined();
});
