/** A recording as GraphDef: nodes in the order in which they ran, and what was there before where it is first taken in. */
import type { pb } from "../../proto/codec.ts";
import { encodeTensor } from "../../proto/tensor.ts";
import { type Attrs, type AttrValue, attr, attrOf } from "../graph/attrs.ts";
import { isDType } from "../graph/dtype.ts";
import type { NodeNames } from "./node-names.ts";
import type {
  AssignRecord,
  KernelRecord,
  OutputRecord,
  Recording,
  Source,
  TensorRef,
  TensorSource,
} from "./recording.ts";

export interface TracedNode {
  readonly record: Source | AssignRecord;
  readonly node: pb.NodeDef.$Properties & {
    readonly name: string;
    readonly op: string;
    readonly input: string[];
  };
}

/** All nodes, in their order in the graph. */
export function tracedNodes(recording: Recording, names: NodeNames): TracedNode[] {
  const records = recordsOf(recording);
  // Names are given in this order, before any of them is needed as an input.
  for (const record of records) names.of(record);
  return [...records].map((record) => ({ record, node: nodeOf(record, names, records) }));
}

/** What kernels and assignments take in stands before them. */
function recordsOf({ kernels, assigns }: Recording): Set<Source | AssignRecord> {
  const records = new Set<Source | AssignRecord>();
  const add = (record: Source | AssignRecord): void => {
    for (const source of takenBy(record)) if (source.kind !== "kernel") records.add(source);
    records.add(record);
  };
  const pending = [...assigns];
  for (const [i, kernel] of kernels.entries()) {
    while (pending[0] !== undefined && pending[0].before <= i) add(pending.shift()!.record);
    add(kernel);
  }
  for (const { record } of pending) add(record);
  return records;
}

function takenBy(record: Source | AssignRecord): Source[] {
  if (record.kind === "kernel") return record.inputs.map(({ source }) => source);
  return record.kind === "assign" ? [record.variable, record.value.source] : [];
}

function nodeOf(
  record: Source | AssignRecord,
  names: NodeNames,
  known: ReadonlySet<Source | AssignRecord>,
): TracedNode["node"] {
  const name = names.of(record);
  const input = ({ source, index }: TensorRef): string[] =>
    known.has(source) ? [index === 0 ? names.of(source) : `${names.of(source)}:${index}`] : [];
  const control = (before: readonly (Source | AssignRecord)[]): string[] =>
    before.filter((one) => known.has(one)).map((one) => `^${names.of(one)}`);
  if (record.kind === "kernel")
    return {
      name,
      op: record.kernel,
      input: [...record.inputs.flatMap(input), ...control([...record.after, ...lastOf(record.inner)]).sort()],
      device: record.device,
      attr: { ...kernelAttrs(record), ...shapesOf(record.outputs) },
    };
  if (record.kind === "assign") {
    const { variable, value, after } = record;
    const [output] = variable.outputs;
    const inputs = [...input({ source: variable, index: 0 }), ...input(value)];
    const attrs = { ...typeOf("T", output?.dtype), ...shapesOf(variable.outputs) };
    return {
      name,
      op: "Assign",
      input: [...inputs, ...control(after)],
      device: variable.device,
      attr: attrs,
    };
  }
  return { name, op: OPS[record.kind], input: [], device: record.device, attr: sourceAttrs(record) };
}

const OPS = { variable: "VariableV2", input: "Placeholder", constant: "Const" };

/** Of kernels that ran in another, those whose results none of the others takes. */
function lastOf(inner: readonly KernelRecord[]): KernelRecord[] {
  const taken = new Set(inner.flatMap(({ inputs }) => inputs.map(({ source }) => source)));
  return inner.filter((kernel) => !taken.has(kernel));
}

function kernelAttrs({ attrs, inputs, outputs }: KernelRecord): Attrs {
  const [first] = inputs;
  const dtype = first === undefined ? outputs[0]?.dtype : first.source.outputs[first.index]?.dtype;
  const given = Object.entries(attrs).flatMap(([name, value]) => {
    const converted = name === "dtype" && isDType(value) ? attr.type(value) : attrOf(value);
    return converted === undefined ? [] : [[name, converted] as const];
  });
  return { ...typeOf("T", dtype), ...Object.fromEntries(given) };
}

function sourceAttrs(source: TensorSource): Attrs {
  const [output] = source.outputs;
  if (output === undefined) return {};
  const dtype = typeOf("dtype", output.dtype);
  const shapes = shapesOf(source.outputs);
  if (source.kind !== "constant") return { ...dtype, shape: attr.shape(output.shape), ...shapes };
  const value = constantOf(output, source.values);
  return { ...dtype, ...(value !== undefined && { value }), ...shapes };
}

/** Undefined where the values are not known, or of a type that is not written. */
function constantOf(
  { dtype, shape }: OutputRecord,
  values: ArrayLike<unknown> | undefined,
): AttrValue | undefined {
  const list = Array.from(values ?? [], (value) => (typeof value === "boolean" ? Number(value) : value));
  const size = shape.reduce((a, b) => a * b, 1);
  const numbers = list.filter((value) => typeof value === "number");
  if (values === undefined || numbers.length !== size) return undefined;
  const shapeList = [...shape];
  if (dtype === "float32") return attr.tensor(encodeTensor(Float32Array.from(numbers), shapeList));
  if (dtype === "int32") return attr.tensor(encodeTensor(Int32Array.from(numbers), shapeList));
  return undefined;
}

function typeOf(name: string, dtype: string | undefined): Attrs {
  return isDType(dtype) ? { [name]: attr.type(dtype) } : {};
}

function shapesOf(outputs: readonly OutputRecord[]): Attrs {
  return outputs.length === 0 ? {} : { _output_shapes: attr.shapes(outputs.map(({ shape }) => shape)) };
}
