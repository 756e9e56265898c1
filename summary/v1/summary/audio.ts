/** Sound at a step, kept as WAV: the audio dashboard. */
import { attr } from "../../graph/attrs.ts";
import type { TensorInput } from "../constant.ts";
import { toTensor } from "../constant.ts";
import {
  makeSummary,
  type SummaryInput,
  type SummaryOptions,
  type SummaryTensor,
  shownTensor,
} from "./summary-tensor.ts";

/**
 * How clips are kept.
 *
 * @example
 * const options: v1.summary.AudioOptions = { maxOutputs: 1 };
 * console.log(v1.summary.audio("beep", v1.zeros([1, 100]), 8000, options).name); // beep:0
 */
export interface AudioOptions extends SummaryOptions {
  /** Clips kept at most, the first ones: as `name/audio/0`…, or as `name/audio` if 1. Default 3. */
  readonly maxOutputs?: number | undefined;
}

/**
 * Adds a summary of clips of equal length.
 *
 * @param tensor [count, frames] or [count, frames, channels], floats from -1 to 1; or a function of the program
 *   that gives such
 * @param sampleRate frames a second
 * @throws GraphError when the name is illegal
 * @example
 * const clips = v1.placeholder("float32", [null, 8000], { name: "clips" });
 * const heard = v1.summary.audio("speech", clips, 8000);
 * const events = new v1.summary.FileWriter("runs/v1");
 * events.addSummary(heard.eval([[clips, new Float32Array(8000)]]), 1);
 * await events.close();
 */
export function audio(
  name: string,
  tensor: SummaryInput,
  sampleRate: TensorInput,
  options: AudioOptions = {},
): SummaryTensor {
  const { maxOutputs = 3 } = options;
  return makeSummary(
    name,
    {
      op: "AudioSummaryV2",
      inputs: () => [
        ["tensor", shownTensor(tensor, { name: "tensor" })],
        ["sample_rate", toTensor(sampleRate, { name: "sample_rate", dtype: "float32" })],
      ],
      attrs: () => ({ max_outputs: attr.int(maxOutputs) }),
    },
    options,
  );
}
