/** Checkpoints that TensorFlow wrote: every variable has the type, shape and values that TensorFlow says. */
import { describe, expect, test } from "vitest";
import { DataType } from "../../../proto/index.ts";
import { type Expected, expected, open } from "./files.ts";

/** Names that Python gives types, where they are not the protocol's in small letters. */
const TYPES: Readonly<Record<string, string>> = {
  float16: "DT_HALF",
  float32: "DT_FLOAT",
  float64: "DT_DOUBLE",
};

function typeOf(name: string): DataType {
  const key = TYPES[name] ?? `DT_${name.toUpperCase()}`;
  return Reflect.get(DataType, key);
}

function numbersOf({ dtype, values }: Expected): (number | bigint)[] {
  const named: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };
  return values.map((value) => {
    if (typeof value === "number") return value;
    return /^u?int64$/.test(dtype) ? BigInt(value) : (named[value] ?? Number(value));
  });
}

describe.each(Object.entries(expected))("%s", (prefix, variables) => {
  test("all variables are listed, with type and shape", async () => {
    const checkpoint = await open(prefix);
    const listed = [...checkpoint.variables].filter(([, { dtype }]) => dtype !== DataType.DT_STRING);
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(
        Object.entries(variables).map(([name, { dtype, shape }]) => [name, { dtype: typeOf(dtype), shape }]),
      ),
    );
  });

  test.each(Object.entries(variables))("%s", async (name, tensor) => {
    const { dtype, shape, data } = await (await open(prefix)).read(name);
    expect({ dtype, shape }).toEqual({ dtype: typeOf(tensor.dtype), shape: tensor.shape });
    expect([...data]).toEqual(numbersOf(tensor));
  });

  test.each([1, 2, 1000])("the first %i rows", async (rows) => {
    const checkpoint = await open(prefix);
    for (const [name, { dtype, shape }] of checkpoint.variables) {
      if (dtype === DataType.DT_STRING) continue;
      const [whole, first] = await Promise.all([checkpoint.read(name), checkpoint.read(name, rows)]);
      const [count = 1, ...others] = shape;
      const kept = Math.min(rows, count);
      expect(first.shape).toEqual(shape.length === 0 ? [] : [kept, ...others]);
      expect(first.data).toEqual(whole.data.slice(0, (whole.data.length / Math.max(count, 1)) * kept));
    }
  });
});

test("what a file is a checkpoint of is kept apart: values of a type without numbers are refused", async () => {
  for (const prefix of ["types", "types_v1"]) {
    const checkpoint = await open(prefix);
    expect(checkpoint.variables.get("text")).toEqual({ dtype: DataType.DT_STRING, shape: [2] });
    await expect(checkpoint.read("text")).rejects.toThrow(
      new RegExp(`^${prefix}.*: "text" is of type DT_STRING, which holds no numbers known here$`),
    );
    await expect(checkpoint.read("nothing")).rejects.toThrow('there is no variable "nothing"');
  }
});
