/** Clips of one and two channels, with samples that round and that are cut off. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { numbers } from "../data.ts";
import { blobs, perTag, tagsOf, withoutTimes } from "../routes.ts";

const halves = [0.5, 1.5, 2.5, -0.5, -1.5, 32767, -32768, 32767.5].map((x) => x / 32768);

export const audio: InteropKind = {
  name: "audio",
  ours: "`audio`",
  theirs: "`tf.summary.audio`",
  cases: [
    audioCase("mono", numbers(100, 2), [1, 100, 1]),
    audioCase("stereo", numbers(5 * 40, 1.3), [5, 20, 2]),
    audioCase("halves", halves, [1, 8, 1]),
    lastScalar,
  ],
  routes: [
    tagsOf("audio"),
    perTag("audio/audio", "steps, labels, content types", {
      parameters: ["&sample=0", "&sample=1", "&sample=2"],
    }),
    blobs("audio/individualAudio", "audio/audio", "the WAV files, byte for byte", withoutTimes),
  ],
};

function audioCase(tag: string, data: readonly number[], shape: readonly number[]): Case {
  const samples = Float32Array.from(data);
  return {
    kind: "audio",
    tag,
    data,
    dtype: "float32",
    shape,
    options: { step: 0, sample_rate: 8000 },
    log: (writer) => writer.audio(tag, samples, { step: 0, sampleRate: 8000, shape }),
  };
}
