/** Random numbers of initialisers. They differ from TensorFlow's; an operation's seed gives the same ones each time. */
import { toNumber } from "../../../proto/int64.ts";
import { elementCount } from "../../graph/shape.ts";
import { numbers } from "../dense.ts";
import type { Kernel } from "../evaluation.ts";
import type { Operation } from "../operation.ts";
import { shapeFrom } from "./array.ts";

/** Numbers from 0 to 1, 1 excluded. */
type Draw = () => number;

const random = (sample: (draw: Draw) => number): Kernel => {
  return (op, at) => {
    const shape = shapeFrom(op, at, 0);
    const { dtype } = op.outputs[0]!;
    const draw = drawFor(op);
    const data = numbers(dtype, elementCount(shape) ?? 0);
    for (let i = 0; i < data.length; i++) data[i] = sample(draw);
    return { dtype, shape, data };
  };
};

export const randomKernels: Readonly<Record<string, Kernel>> = {
  RandomUniform: random((draw) => draw()),
  RandomStandardNormal: random(normal),
  TruncatedNormal: random((draw) => {
    for (;;) {
      const value = normal(draw);
      if (Math.abs(value) <= 2) return value;
    }
  }),
};

/** By Box and Muller. */
function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** Of the operation's seeds; without any, different each time. */
function drawFor({ attrs }: Operation): Draw {
  const [seed, seed2] = [toNumber(attrs.seed?.i), toNumber(attrs.seed2?.i)];
  if (seed === 0 && seed2 === 0) return Math.random;
  // Mulberry32, public domain.
  let state = (Math.imul(seed, 0x9e3779b1) ^ seed2) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
