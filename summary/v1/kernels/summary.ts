/** What summaries come to: a Summary, encoded. */
import { pb } from "../../../proto/codec.ts";
import { toNumber } from "../../../proto/int64.ts";
import { encodeTensor } from "../../../proto/tensor.ts";
import { ValueError } from "../../errors.ts";
import { dataType } from "../../graph/dtype.ts";
import { toWireArray } from "../constant-proto.ts";
import { bytesOf, type Dense, fromProto, numbersOf, onlyNumber, textOf } from "../dense.ts";
import { encodeClips } from "../encode/audio.ts";
import { encodeHistogram } from "../encode/histogram.ts";
import { encodeImages } from "../encode/image.ts";
import type { Evaluation, Kernel } from "../evaluation.ts";
import type { Operation } from "../operation.ts";

type Values = readonly pb.Summary.Value.$Properties[];

/** A kernel from the values that a summary has, given its tag and the tensor that it shows. */
const summary = (values: (tag: string, shown: Dense, op: Operation, at: Evaluation) => Values): Kernel => {
  return (op, at) => {
    const [tag, shown] = [textOf(at.value(op.inputs[0]!)), at.value(op.inputs[1]!)];
    return text(pb.Summary.encode({ value: [...values(tag, shown, op, at)] }).finish());
  };
};

export const summaryKernels: Readonly<Record<string, Kernel>> = {
  ScalarSummary: summary((tag, shown) => [{ tag, simpleValue: onlyNumber(shown) }]),
  HistogramSummary: summary((tag, shown) => [{ tag, histo: encodeHistogram(numbersOf(shown), tag) }]),
  ImageSummary: summary((tag, shown, { attrs }) => {
    const most = toNumber(attrs.max_images?.i);
    const badColor = Array.from(numbersOf(fromProto(attrs.bad_color?.tensor ?? {})));
    const images = encodeImages({ shape: shown.shape, data: numbersOf(shown) }, most, badColor);
    return images.map((image, i) => ({ tag: tagOf(tag, "image", i, most), image }));
  }),
  AudioSummaryV2: summary((tag, shown, op, at) => {
    const most = toNumber(op.attrs.max_outputs?.i);
    const rate = onlyNumber(at.value(op.inputs[2]!));
    const clips = encodeClips({ shape: shown.shape, data: floatsOf(shown) }, rate, most);
    return clips.map((audio, i) => ({ tag: tagOf(tag, "audio", i, most), audio }));
  }),
  TensorSummaryV2: summary((tag, shown, op, at) => {
    const metadata = pb.SummaryMetadata.decode(bytesOf(at.value(op.inputs[2]!)));
    return [{ tag, metadata, tensor: tensorProto(shown) }];
  }),
  MergeSummary(op, at) {
    const summaries = op.inputs.map((input) => bytesOf(at.value(input)));
    const tags = summaries.flatMap((bytes) => (pb.Summary.decode(bytes).value ?? []).map(({ tag }) => tag));
    const twice = tags.find((tag, i) => tags.indexOf(tag) !== i);
    if (twice !== undefined) throw new ValueError(`two summaries that are merged have the tag "${twice}"`);
    // Messages with nothing but a list are merged by writing one after the other.
    return text(concat(summaries));
  },
};

function text(bytes: Uint8Array): Dense {
  return { dtype: "string", shape: [], data: [bytes] };
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Numbered where there may be several. */
function tagOf(tag: string, kind: string, index: number, most: number): string {
  return most > 1 ? `${tag}/${kind}/${index}` : `${tag}/${kind}`;
}

function floatsOf(dense: Dense): Float32Array {
  const values = numbersOf(dense);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** Numbers as bytes, even a single one. */
function tensorProto({ dtype, shape, data }: Dense): pb.TensorProto.$Properties {
  return ArrayBuffer.isView(data)
    ? encodeTensor(toWireArray(dtype, data), shape, dataType(dtype))
    : encodeTensor(data, shape);
}
