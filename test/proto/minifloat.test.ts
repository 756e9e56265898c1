/** Small floats against ml_dtypes 0.5 (what TensorFlow uses), and against themselves. */
import { expect, test } from "vitest";
import {
  BFLOAT16,
  decodeMinifloat,
  encodeMinifloat,
  FLOAT4_E2M1FN,
  FLOAT8_E4M3B11FNUZ,
  FLOAT8_E4M3FN,
  FLOAT8_E4M3FNUZ,
  FLOAT8_E5M2,
  FLOAT8_E5M2FNUZ,
  HALF,
  type MinifloatFormat,
} from "../../proto/minifloat.ts";

const VALUES = [
  0,
  -0,
  1,
  -2,
  0.1,
  65504,
  65520,
  1e-7,
  5.9604645e-8,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  1 / 3,
  3.125,
  1e-40,
  448,
  464,
  480,
  57344,
  240,
  241,
  1e38,
  3.4e38,
  2 ** -9,
  2 ** -10,
  2 ** -16,
  2 ** -17,
  1.5 * 2 ** -10,
].map(Math.fround);

/** `np.array(VALUES, np.float32).astype(type)`, each pattern in hexadecimal. */
const PATTERNS: [string, MinifloatFormat, string][] = [
  [
    "half",
    HALF,
    "0 8000 3c00 c000 2e66 7bff 7c00 2 1 7c00 7e00 3555 4240 0 5f00 5f40 5f80 7b00 5b80 5b88 7c00 7c00 1800 1400 100 80 1600",
  ],
  [
    "bfloat16",
    BFLOAT16,
    "0 8000 3f80 c000 3dcd 4780 4780 33d7 3380 7f80 7fc0 3eab 4048 1 43e0 43e8 43f0 4760 4370 4371 7e96 7f80 3b00 3a80 3780 3700 3ac0",
  ],
  ["e5m2", FLOAT8_E5M2, "0 80 3c c0 2e 7c 7c 0 0 7c 7e 35 42 0 5f 5f 60 7b 5c 5c 7c 7c 18 14 1 0 16"],
  ["e4m3fn", FLOAT8_E4M3FN, "0 80 38 c0 1d 7f 7f 0 0 7f 7f 2b 44 0 7e 7e 7f 7f 77 77 7f 7f 1 0 0 0 1"],
  ["e4m3fnuz", FLOAT8_E4M3FNUZ, "0 0 40 c8 25 80 80 0 0 80 80 33 4c 0 80 80 80 80 7f 7f 80 80 2 1 0 0 2"],
  [
    "e4m3b11fnuz",
    FLOAT8_E4M3B11FNUZ,
    "0 0 58 e0 3d 80 80 0 0 80 80 4b 64 0 80 80 80 80 80 80 80 80 10 8 0 0 c",
  ],
  ["e2m1fn", FLOAT4_E2M1FN, "0 8 2 c 0 7 7 0 0 7 8 1 5 0 7 7 7 7 7 7 7 7 0 0 0 0 0"],
  ["e5m2fnuz", FLOAT8_E5M2FNUZ, "0 0 40 c4 32 80 80 0 0 80 80 39 46 0 63 63 64 7f 60 60 80 80 1c 18 2 1 1a"],
];

test.each(PATTERNS)("%s rounds as ml_dtypes does", (_name, format, patterns) => {
  expect(VALUES.map((value) => encodeMinifloat(value, format).toString(16)).join(" ")).toBe(patterns);
});

test.each(PATTERNS)("%s: every pattern is some value, and the value that pattern", (_name, format) => {
  for (let pattern = 0; pattern < 2 ** format.bits; pattern++) {
    const value = decodeMinifloat(pattern, format);
    if (!Number.isNaN(value)) expect(encodeMinifloat(value, format)).toBe(pattern);
  }
});
