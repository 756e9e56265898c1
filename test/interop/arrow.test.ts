/**
 * Arrow answers beside Arrow's own library, which checks every offset and validity bit of them and gives the same values
 * as their JSON. Needs a Python with `pyarrow`: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { encodeTensor, type pb } from "../../proto/index.ts";
import { serveWhileTesting } from "../tools/native-api.ts";
import { type EventProperties, eventFile, scalarEvent, versionEvent, writeFile } from "../tools/records.ts";

const hasPyarrow = python !== null && isInstalled("pyarrow");

/** Prints a table's columns as JSON, after a full check of it. */
const PROGRAM = `
import json, pyarrow, sys
table = pyarrow.ipc.open_stream(sys.stdin.buffer.read()).read_all()
table.validate(full=True)
print(json.dumps({
  "types": {field.name: str(field.type) for field in table.schema},
  "columns": {name: [None if v is None else repr(v) if isinstance(v, float) and v - v != 0 else v for v in table[name].to_pylist()] for name in table.column_names},
}))
`;

interface Checked {
  readonly types: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, unknown[]>>;
}

const directory = mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const api = serveWhileTesting(() => {
  const value = (step: number, tensor: pb.TensorProto.$Properties): EventProperties => {
    const metadata = { pluginData: { pluginName: "mine" }, dataClass: 2 };
    return { wallTime: 1e9 + step, step, summary: { value: [{ tag: "t", metadata, tensor }] } };
  };
  const steps = [0, 1, 2, 3, 2, 3, 2];
  const losses = steps.map((step, i) => scalarEvent("loss", step, i === 1 ? Number.NaN : i, 1e9 + i));
  const file = (run: string, ...events: EventProperties[]) =>
    writeFile(directory, `${run}/events.out.tfevents.1`, eventFile(versionEvent, ...events));
  file("a", ...losses, scalarEvent("nan", 0, Number.NaN));
  file("große/läufe", scalarEvent("loss", 1, 0.5), scalarEvent("nan", 2, 5));
  file(
    "c",
    value(1, encodeTensor(Float32Array.of(0.5, 1))),
    value(2, encodeTensor(["ü", ""])),
    value(3, encodeTensor(BigInt64Array.of(7n), [])),
    value(4, encodeTensor(new Float64Array(0), [0, 3])),
    value(5, { dtype: 1, tensorShape: { dim: [{ size: 9 }] }, tensorContent: Uint8Array.of(1) }),
  );
  return directory;
});

async function check(query: string): Promise<Checked> {
  const response = await api.get(`${query}&format=arrow`);
  const input = Buffer.from(await response.arrayBuffer());
  return JSON.parse(execFileSync(python!, ["-c", PROGRAM], { input, encoding: "utf8" }));
}

const NAME = "dictionary<values=string, indices=int32, ordered=0>";

test.skipIf(!hasPyarrow).each([
  [
    "series?tag=loss",
    { run: NAME, step: "double", wall_time: "double", value: "float" },
    { run: ["a", "a", "a", "große/läufe"], step: [0, 1, 2, 1], value: [0, "nan", 6, 0.5] },
  ],
  [
    "series?tag=loss&overtaken=1",
    { branch: "int32" },
    { branch: [0, 0, 1, 1], step: [2, 3, 2, 3], value: [2, 3, 4, 5] },
  ],
  ["series?tag=none&smoothing=0.5", { run: NAME, value: "float" }, { run: [], value: [] }],
  [
    "aggregate?tag=loss&quantile=0.5",
    { x: "double", count: "int32", nans: "int32", mean: "double", "q0.5": "double" },
    { x: [0, 1, 2], count: [1, 1, 1], nans: [0, 1, 0], mean: [0, 0.5, 6], std: ["nan", "nan", "nan"] },
  ],
  ["aggregate?tag=none", { x: "double" }, { x: [], mean: [] }],
  [
    "last?tag=nan",
    { tag: NAME, run: NAME, points: "double", min: "float", min_step: "double" },
    {
      run: ["a", "große/läufe"],
      value: ["nan", 5],
      min: [null, 5],
      min_step: [null, 2],
      max_wall_time: [null, 1e9 + 2],
    },
  ],
  [
    "records?tag=t&values=1",
    {
      key: "string",
      dtype: NAME,
      shape: "list<item: int32>",
      data: "list<item: double>",
      text: "list<item: string>",
    },
    {
      step: [1, 2, 3, 4, 5],
      dtype: ["float32", "string", "int64", "float64", null],
      shape: [[2], [2], [], [0, 3], null],
      data: [[0.5, 1], null, [7], [], null],
      text: [null, ["ü", ""], null, null, null],
    },
  ],
  ["records?tag=none&values=1", { dtype: NAME, shape: "list<item: int32>" }, { key: [], data: [], text: [] }],
] as const)("pyarrow reads %s", async (query, types, columns) => {
  const checked = await check(query);
  expect(checked.types).toMatchObject(types);
  expect(checked.columns).toMatchObject(columns);
});
