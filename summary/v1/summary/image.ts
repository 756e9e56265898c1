/** Images at a step: the images dashboard. */
import { encodeShape } from "../../../proto/tensor.ts";
import { attr } from "../../graph/attrs.ts";
import { dataType } from "../../graph/dtype.ts";
import { BAD_COLOR } from "../encode/image.ts";
import {
  makeSummary,
  type SummaryInput,
  type SummaryOptions,
  type SummaryTensor,
  shownTensor,
} from "./summary-tensor.ts";

/**
 * How images are shown.
 *
 * @example
 * const options: v1.summary.ImageOptions = { maxOutputs: 10 };
 * const x = v1.placeholder("float32", [null, 28, 28, 1]);
 * console.log(v1.summary.image("input", x, options).name); // input:0
 */
export interface ImageOptions extends SummaryOptions {
  /** Images shown at most, the first ones: as `name/image/0`…, or as `name/image` if 1. Default 3. */
  readonly maxOutputs?: number | undefined;
}

const BAD_COLOR_TENSOR = {
  dtype: dataType("uint8"),
  tensorShape: encodeShape([BAD_COLOR.length]),
  intVal: [...BAD_COLOR],
};

/**
 * Adds a summary of images of equal size.
 *
 * Bytes stay as they are. Floats are stretched, each image by itself: without negative ones its greatest
 * becomes 255; with them zero becomes 128. Pixels with NaN or infinity become red.
 *
 * @param tensor [count, height, width, channels] with 1 (grey), 3 (RGB) or 4 (RGBA) channels; or a function of
 *   the program that gives floats of such a shape
 * @throws GraphError when the name is illegal
 * @example
 * const x = v1.placeholder("float32", [null, 784], { name: "x-input" });
 * const seen = v1.summary.image("input", v1.reshape(x, [-1, 28, 28, 1]), { maxOutputs: 10 });
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSummary(seen.eval([[x, new Float32Array(2 * 784)]]), 1);
 * await events.close();
 */
export function image(name: string, tensor: SummaryInput, options: ImageOptions = {}): SummaryTensor {
  const { maxOutputs = 3 } = options;
  return makeSummary(
    name,
    {
      op: "ImageSummary",
      inputs: () => [["tensor", shownTensor(tensor, { name: "tensor" })]],
      attrs: ({ dtype }) => ({
        T: attr.type(dtype),
        max_images: attr.int(maxOutputs),
        bad_color: attr.tensor(BAD_COLOR_TENSOR),
      }),
    },
    options,
  );
}
