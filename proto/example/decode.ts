/** Examples without a specification: every feature that is in a record. For tools, and for looking at data. */
import type { Feature } from "./feature.ts";
import { type FeatureSpan, scanExample, scanFeatureLists } from "./scan.ts";
import { ELEMENT_TYPES, valuesOf } from "./values.ts";

/**
 * A SequenceExample's content.
 *
 * @example
 * const steps = ({ featureLists }: DecodedSequence, key: string) => featureLists.get(key)?.length ?? 0;
 * const sentence = decodeSequenceExample(encodeSequenceExample({ featureLists: { words: ["so", "short"] } }));
 * console.log(steps(sentence, "words"), steps(sentence, "tags")); // 2 0
 */
export interface DecodedSequence {
  /** Features of the sequence as a whole; those that hold no list are left out. */
  readonly context: Map<string, Feature>;
  /** A feature a step; undefined where a step holds no list. */
  readonly featureLists: Map<string, (Feature | undefined)[]>;
}

/**
 * Every feature of an encoded Example by key; those that hold no list are left out.
 *
 * @returns bytes as views of `bytes`, numbers as copies
 * @throws ExampleError when the bytes are no Example
 * @example
 * const features = decodeExample(encodeExample({ word: "board", digit: int64Feature(7) }));
 * console.log([...features].map(([key, { kind }]) => `${key}: ${kind}`).join(", ")); // word: bytes, digit: int64
 */
export function decodeExample(bytes: Uint8Array): Map<string, Feature> {
  const features = new Map<string, Feature>();
  scanExample(bytes, (key, span) => {
    const feature = featureOf(span);
    if (feature === undefined) features.delete(key);
    else features.set(key, feature);
  });
  return features;
}

/**
 * Every feature and feature list of an encoded SequenceExample.
 *
 * @returns bytes as views of `bytes`, numbers as copies
 * @throws ExampleError when the bytes are no SequenceExample
 * @example
 * const bytes = encodeSequenceExample({ context: { id: 12n }, featureLists: { words: ["so", "short"] } });
 * const { context, featureLists } = decodeSequenceExample(bytes);
 * console.log(context.get("id")?.kind, featureLists.get("words")?.length); // int64 2
 */
export function decodeSequenceExample(bytes: Uint8Array): DecodedSequence {
  const featureLists = new Map<string, (Feature | undefined)[]>();
  scanFeatureLists(bytes, (key, steps) => featureLists.set(key, steps.map(featureOf)));
  return { context: decodeExample(bytes), featureLists };
}

function featureOf(span: FeatureSpan): Feature | undefined {
  switch (span.kind) {
    case "none":
      return undefined;
    case "bytes":
      return { kind: "bytes", values: valuesOf(ELEMENT_TYPES.string, span) };
    case "float":
      return { kind: "float", values: valuesOf(ELEMENT_TYPES.float32, span) };
    case "int64":
      return { kind: "int64", values: valuesOf(ELEMENT_TYPES.int64, span) };
  }
}
