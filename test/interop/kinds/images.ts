/** Pixels of every number of channels, bytes and floats; and files that are encoded already. */
import { readFileSync } from "node:fs";
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { base64, bytes, numbers } from "../data.ts";
import { blobs, perTag, pixels, tagsOf, timeSeries } from "../routes.ts";

const ramp = Array.from({ length: 512 }, (_, i) => i / 511);

export const images: InteropKind = {
  name: "image",
  ours: "`image`",
  theirs: "`tf.summary.image`; encoded files `tf.summary.write`",
  cases: [
    ...[1, 2, 3, 4].map((c) => imageCase(`bytes/${c}`, "uint8", bytes(2 * 5 * 4 * c), [2, 5, 4, c])),
    ...[1, 2, 3, 4].map((c) => imageCase(`floats/${c}`, "float32", numbers(6 * 7 * c, 1.6), [1, 6, 7, c])),
    imageCase("exact", "float32", ramp, [1, 16, 32, 1]),
    imageCase("outputs", "uint8", bytes(5 * 4), [5, 2, 2, 1], 2),
    imageCase("default outputs", "uint8", bytes(5 * 4), [5, 2, 2, 1]),
    imageCase("none", "uint8", [], [0, 2, 2, 1]),
    encodedCase("encoded/one", ["progressive.jpg"]),
    encodedCase("encoded/several", ["rgb.png", "palette.gif", "lossy.webp"]),
    lastScalar,
  ],
  routes: [
    tagsOf("images"),
    perTag("images/images", "steps", { parameters: ["&sample=0", "&sample=1", "&sample=2"] }),
    blobs(
      "images/individualImage",
      "images/images",
      "pixels of decoded PNGs, other files' bytes, content types",
      pixels,
    ),
    timeSeries("images", "steps", 0),
  ],
};

function imageCase(
  name: string,
  dtype: "float32" | "uint8",
  data: readonly number[],
  shape: readonly number[],
  max?: number,
): Case {
  const tag = `image/${name}`;
  const options = max === undefined ? { step: 0 } : { step: 0, max_outputs: max };
  const ours = { step: 0, shape, maxOutputs: max };
  const values = dtype === "uint8" ? Uint8Array.from(data) : Float32Array.from(data);
  return { kind: "image", tag, data, dtype, shape, options, log: (w) => w.image(tag, values, ours) };
}

/** Of 3 x 2 pixels. */
function encodedCase(tag: string, names: readonly string[]): Case {
  const files = names.map((name) => readFileSync(new URL(`../../summary/images/${name}`, import.meta.url)));
  const data = { width: 3, height: 2, files: files.map(base64) };
  const options = { step: 1 };
  return { kind: "encodedImages", tag, data, options, log: (writer) => writer.image(tag, files, options) };
}
