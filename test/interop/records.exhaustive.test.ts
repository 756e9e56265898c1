/**
 * TFRecord files and Examples beside TensorFlow's own: each reads what the other writes, and both make the same
 * tensors of the same records. Needs a Python with `tensorflow`: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type DenseTensor,
  type FeatureDtype,
  parseExample,
  parseExampleBatch,
  parseSequenceExample,
  parseSequenceExampleBatch,
  type RaggedTensor,
  type SparseTensor,
} from "../../proto/example/index.ts";
import { dataset, readRecords, writeRecords } from "../../records/index.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { type ParseCase, parseCases } from "./example-cases.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const python = process.env.TSBOARD_PYTHON ?? `${root}.venv/bin/python`;
const oracle = fileURLToPath(new URL("./records_oracle.py", import.meta.url));

function ask(args: readonly string[], input: unknown = null): unknown {
  const stdio = {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: "pipe",
  } as const;
  return JSON.parse(execFileSync(python, [oracle, ...args], stdio));
}

const installed = existsSync(python) ? ask(["has", "tensorflow"]) : {};
const hasTensorflow = (installed as Record<string, boolean>).tensorflow === true;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe.skipIf(!hasTensorflow)("tf.io's parse functions", () => {
  test("make the same tensors, or fail where we fail", { timeout: 300_000 }, () => {
    const cases = parseCases(300);
    const questions = cases.map((one) => ({ ...one, records: one.records.map(base64) }));
    const answers = ask(["parse"], questions) as { tensors?: unknown; error?: string }[];
    const outcomes = { equal: 0, bothFail: 0 };
    for (const [i, one] of cases.entries()) {
      const label = `case ${i}: ${one.how} ${JSON.stringify([one.features, one.featureLists])}`;
      const ours = attempt(one);
      const theirs = answers[i]!;
      if (theirs.error === undefined) {
        expect(ours, label).toEqual(theirs);
        outcomes.equal++;
      } else {
        expect(ours, `${label}: ${theirs.error}`).toEqual({
          error: expect.stringMatching(/^ExampleError: feature/),
        });
        outcomes.bothFail++;
      }
    }
    // Both sides were tried, and often.
    expect(outcomes.equal).toBeGreaterThan(500);
    expect(outcomes.bothFail).toBeGreaterThan(100);
  });
});

describe.skipIf(!hasTensorflow)("TFRecord files", () => {
  const records = [0, 1, 100, 70_000, 3].map((length, i) => new Uint8Array(length).fill(i + 1));
  const types = { none: "", gzip: "GZIP", zlib: "ZLIB" } as const;
  const compressions = ["none", "gzip", "zlib"] as const;
  /** A file for each compression, and the oracle's arguments for them. */
  const newFiles = () => {
    const directory = temporaryDirectory();
    const files = compressions.map((compression) => ({
      compression,
      file: path.join(directory, compression),
    }));
    return { files, args: files.flatMap(({ compression, file }) => [file, types[compression]]) };
  };

  test("plain, gzip and zlib: TensorFlow reads what we write", async () => {
    const { files, args } = newFiles();
    for (const { file, compression } of files) await writeRecords(file, records, { compression });
    const expected = records.map(base64);
    expect(ask(["read", ...args])).toEqual([expected, expected, expected]);
  });

  test("plain, gzip and zlib: we read what TensorFlow writes", async () => {
    const { files, args } = newFiles();
    ask(["write", ...args], records.map(base64));
    for (const { file } of files) expect(await dataset(() => readRecords(file)).toArray()).toEqual(records);
  });
});

/** Our tensors, or the error in words. */
function attempt(one: ParseCase): { tensors: unknown } | { error: string } {
  try {
    return { tensors: parse(one) };
  } catch (error) {
    return { error: String(error) };
  }
}

function parse({ how, records, features, featureLists }: ParseCase): unknown {
  if (how === "single") return comparables(parseExample(records[0]!, features));
  if (how === "batch") return comparables(parseExampleBatch(records, features));
  const specs = { context: features, featureLists };
  if (how === "sequence") {
    const parsed = parseSequenceExample(records[0]!, specs);
    return { context: comparables(parsed.context), featureLists: comparables(parsed.featureLists) };
  }
  const parsed = parseSequenceExampleBatch(records, specs);
  // TensorFlow tells lengths of the dense lists only.
  const dense = Object.keys(featureLists).filter((key) => featureLists[key]?.kind === "fixedLenSequence");
  return {
    context: comparables(parsed.context),
    featureLists: comparables(parsed.featureLists),
    lengths: Object.fromEntries(dense.map((key) => [key, Array.from(parsed.lengths[key]!)])),
  };
}

type AnyTensor = DenseTensor<FeatureDtype> | SparseTensor<FeatureDtype> | RaggedTensor<FeatureDtype>;

function comparables(tensors: Readonly<Record<string, AnyTensor>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [key, comparable(tensor)]));
}

/** As records_oracle.py has them. */
function comparable(tensor: AnyTensor): unknown {
  if (tensor.kind === "dense") return { kind: "dense", shape: tensor.shape, values: elements(tensor.data) };
  const values = elements(tensor.values);
  if (tensor.kind === "sparse")
    return { kind: "sparse", indices: Array.from(tensor.indices), denseShape: tensor.denseShape, values };
  const { rowSplits, valueShape } = tensor;
  // One row of values is a dense tensor there.
  if (rowSplits.length === 0) {
    const rows = values.length / valueShape.reduce((a, b) => a * b, 1);
    return { kind: "dense", shape: [rows, ...valueShape], values };
  }
  return { kind: "ragged", rowSplits: rowSplits.map((splits) => Array.from(splits)), valueShape, values };
}

function elements(values: Iterable<number | bigint | Uint8Array>): unknown[] {
  return Array.from(values, (value) => {
    if (typeof value === "bigint") return String(value);
    return typeof value === "number" ? { float: pythonFloat(value) } : { bytes: base64(value) };
  });
}

/** A float as Python's repr has it; both are the shortest text that gives the number again. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}
