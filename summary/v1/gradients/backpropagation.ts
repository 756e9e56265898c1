/**
 * From the end of a graph to its start, each operation's gradient is made as soon as those of all that follow it
 * are there. The order, and with it the names, are TensorFlow's (gradients_util.py).
 */
import { GraphError } from "../../errors.ts";
import { isFloating } from "../../graph/dtype.ts";
import type { Graph } from "../graph.ts";
import type { Operation, Tensor } from "../operation.ts";
import { zerosLike } from "../ops/array.ts";
import { tuple } from "../ops/control.ts";
import { addN } from "../ops/math.ts";
import { type GradientFunction, gradientFunction } from "./registry.ts";

/** A gradient that is given. */
interface Given {
  readonly of: Tensor;
  readonly gradient: Tensor;
}

/** What has come back to an operation: for each of its outputs, a gradient from each that takes it in. */
type Received = Map<Operation, Tensor[][]>;

/** The gradients of `starts`; null for those from which nothing leads to an end. */
export function backpropagate(
  graph: Graph,
  ends: readonly Given[],
  starts: readonly Tensor[],
  gateGradients: boolean,
): readonly (Tensor | null)[] {
  const between = operationsBetween(graph, ends, starts);
  const waiting = countWaiting(between);
  const stops = new Set(starts.map((start) => start.op).filter((op) => isFirst(op, waiting)));
  const received: Received = new Map();
  for (const { of, gradient } of ends) receive(received, of, gradient);
  const queue = [...new Set(ends.map((end) => end.of.op))].filter(
    (op) => between.has(op) && !waiting.get(op),
  );
  for (let op = queue.shift(); op !== undefined; op = queue.shift()) {
    const incoming = sums(graph, received, op);
    const outgoing = stops.has(op) ? [] : inputGradients(graph, op, incoming, gateGradients);
    for (const [i, input] of op.inputs.entries()) {
      const gradient = outgoing[i];
      if (gradient) receive(received, input, gradient);
      const left = (waiting.get(input.op) ?? 0) - 1;
      waiting.set(input.op, left);
      if (left === 0) queue.push(input.op);
    }
  }
  return starts.map((start) => received.get(start.op)?.[start.index]?.[0] ?? null);
}

/** Operations on a way from a start to an end, along which floats flow. */
function operationsBetween(
  graph: Graph,
  ends: readonly Given[],
  starts: readonly Tensor[],
): ReadonlySet<Operation> {
  const reached = new Set(starts.map((start) => start.op));
  // Inputs are made before what takes them in, so one pass over the graph suffices.
  for (const op of graph.nodes)
    if (op.inputs.some((input) => reached.has(input.op) && isFloating(input.dtype))) reached.add(op);
  const between = new Set<Operation>();
  const queue = ends.map((end) => end.of.op);
  for (let op = queue.shift(); op !== undefined; op = queue.shift()) {
    if (!reached.has(op) || between.has(op)) continue;
    between.add(op);
    for (const input of op.inputs) queue.push(input.op);
  }
  return between;
}

/** How often each is taken in by the others: so many gradients come back to it. */
function countWaiting(between: ReadonlySet<Operation>): Map<Operation, number> {
  const counts = new Map<Operation, number>();
  for (const op of between)
    for (const input of op.inputs)
      if (between.has(input.op)) counts.set(input.op, (counts.get(input.op) ?? 0) + 1);
  return counts;
}

/** Whether no other start comes before it. */
function isFirst(op: Operation, waiting: ReadonlyMap<Operation, number>): boolean {
  return op.inputs.every((input) => !waiting.get(input.op));
}

function receive(received: Received, tensor: Tensor, gradient: Tensor): void {
  const lists = received.get(tensor.op) ?? tensor.op.outputs.map(() => []);
  received.set(tensor.op, lists);
  lists[tensor.index]?.push(gradient);
}

/** What has come back to each output, added up; undefined where nothing has. */
function sums(graph: Graph, received: Received, op: Operation): (Tensor | undefined)[] {
  return (received.get(op) ?? []).map((list, i, lists) => {
    const [first] = list;
    if (first === undefined || list.length === 1) return first;
    const sum = graph.colocateWith(null, () => graph.colocateWith(first.op, () => addN(list)));
    lists[i] = [sum];
    return sum;
  });
}

/** Gradients of the operation's inputs; empty where none flows through it. */
function inputGradients(
  graph: Graph,
  op: Operation,
  incoming: readonly (Tensor | undefined)[],
  gateGradients: boolean,
): readonly (Tensor | null)[] {
  if (incoming.every((gradient) => gradient === undefined)) return [];
  const make = functionOf(op);
  if (make === null) return [];
  const all = op.outputs.map((output, i) => incoming[i] ?? zerosLike(output, { optimize: false }));
  return graph.nameScope(`${op.name}_grad`, () => {
    const found = make(op, ...all);
    return gateGradients ? gated(graph, found) : found;
  });
}

function functionOf(op: Operation): GradientFunction | null {
  const make = gradientFunction(op.op);
  if (make !== undefined) return make;
  throw new GraphError(
    `no gradient is known for ${op.op} ("${op.name}"): say it with registerGradient, or keep gradients out with stopGradient`,
  );
}

function gated(graph: Graph, gradients: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
  const present = gradients.filter((gradient) => gradient !== null);
  if (present.length < 2) return gradients;
  const together = graph
    .device(null, () => graph.colocateWith(null, () => tuple(present)))
    [Symbol.iterator]();
  return gradients.map((gradient) => gradient && (together.next().value ?? null));
}
