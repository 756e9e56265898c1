/** Variables are listed in the order in which TensorFlow gives them, which expected.json keeps. */
import { expect, test } from "vitest";
import { DataType } from "../../../proto/index.ts";
import { variableOrder } from "../../../server/projector/variable-order.ts";
import { expected, open } from "../../proto/checkpoint/files.ts";

test.each(["objects", "saver", "partitioned", "sharded", "snappy", "saver_v1", "sharded_v1"])(
  "%s",
  async (prefix) => {
    const checkpoint = await open(prefix);
    const ofNumbers = (name: string) => checkpoint.variables.get(name)?.dtype !== DataType.DT_STRING;
    expect(variableOrder(checkpoint).filter(ofNumbers)).toEqual(Object.keys(expected[prefix] ?? {}));
  },
);
