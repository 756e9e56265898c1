/**
 * Finds features in the bytes of an Example or SequenceExample without decoding them: which list each has, and
 * where its values stand. Field numbers: TensorFlow's example.proto and feature.proto (proto/schema/example.proto).
 */
import { FIXED32, LENGTH, textAt, VARINT, WireReader } from "./wire.ts";

/** The list that a feature holds; `none` where the oneof is empty, which readers take for a missing feature. */
export type FeatureKind = "none" | "bytes" | "float" | "int64";

/** Where a feature's values stand. */
export interface FeatureSpan {
  readonly bytes: Uint8Array;
  kind: FeatureKind;
  /**
   * Pairs of offsets, start and end: of each value for `bytes`; else of stretches of values back to back, one for a
   * packed list.
   */
  readonly runs: number[];
}

/** Told of every feature; a later one of the same key replaces the one before. */
export type FeatureVisitor = (key: string, feature: FeatureSpan) => void;

const FIRST_MESSAGE = (1 << 3) | LENGTH;
const SECOND_MESSAGE = (2 << 3) | LENGTH;

/** Which keys matter: a Set or Map of them. */
export interface WantedKeys {
  has(key: string): boolean;
}

const ALL_KEYS: WantedKeys = { has: () => true };

/** Visits the features of an Example, or the context of a SequenceExample: both are field 1. */
export function scanExample(bytes: Uint8Array, visit: FeatureVisitor, wanted: WantedKeys = ALL_KEYS): void {
  const record = new WireReader(bytes);
  for (let tag = record.tag(); tag !== 0; tag = record.tag()) {
    if (tag === FIRST_MESSAGE)
      scanMap(record.message(), (key, value) => {
        if (wanted.has(key)) visit(key, featureAt(value));
      });
    else record.skip(tag);
  }
}

/** Visits the feature lists of a SequenceExample: each a feature a step. */
export function scanFeatureLists(
  bytes: Uint8Array,
  visit: (key: string, steps: readonly FeatureSpan[]) => void,
): void {
  const record = new WireReader(bytes);
  for (let tag = record.tag(); tag !== 0; tag = record.tag()) {
    if (tag === SECOND_MESSAGE) scanMap(record.message(), (key, value) => visit(key, featuresAt(value)));
    else record.skip(tag);
  }
}

/** The entries of a map field 1: key 1, value 2, in any order, either absent when it is empty. */
function scanMap(map: WireReader, visit: (key: string, value: WireReader) => void): void {
  for (let tag = map.tag(); tag !== 0; tag = map.tag()) {
    if (tag !== FIRST_MESSAGE) {
      map.skip(tag);
      continue;
    }
    const entry = map.message();
    let key = "";
    let value = new WireReader(entry.bytes, entry.end, entry.end);
    for (let part = entry.tag(); part !== 0; part = entry.tag()) {
      if (part === FIRST_MESSAGE) {
        const end = entry.spanEnd();
        key = textAt(entry.bytes, entry.at, end);
        entry.at = end;
      } else if (part === SECOND_MESSAGE) value = entry.message();
      else entry.skip(part);
    }
    visit(key, value);
  }
}

/** Feature: bytes_list 1, float_list 2, int64_list 3, of which the last counts. */
const KINDS: readonly FeatureKind[] = ["none", "bytes", "float", "int64"];

function featureAt(message: WireReader): FeatureSpan {
  const feature: FeatureSpan = { bytes: message.bytes, kind: "none", runs: [] };
  for (let tag = message.tag(); tag !== 0; tag = message.tag()) {
    const kind = (tag & 7) === LENGTH ? KINDS[tag >>> 3] : undefined;
    if (kind === undefined) {
      message.skip(tag);
      continue;
    }
    if (kind !== feature.kind) feature.runs.length = 0;
    feature.kind = kind;
    addRuns(message.message(), kind, feature.runs);
  }
  return feature;
}

/** FeatureList: feature 1, repeated. */
function featuresAt(message: WireReader): FeatureSpan[] {
  const features: FeatureSpan[] = [];
  for (let tag = message.tag(); tag !== 0; tag = message.tag()) {
    if (tag === FIRST_MESSAGE) features.push(featureAt(message.message()));
    else message.skip(tag);
  }
  return features;
}

const UNPACKED_FLOAT = (1 << 3) | FIXED32;
const UNPACKED_INT64 = (1 << 3) | VARINT;

/** Every list has its values in field 1; numbers packed or one by one, as writers like. */
function addRuns(list: WireReader, kind: FeatureKind, runs: number[]): void {
  for (let tag = list.tag(); tag !== 0; tag = list.tag()) {
    const start = list.at;
    if (tag === FIRST_MESSAGE) {
      const end = list.spanEnd();
      runs.push(list.at, end);
      list.at = end;
    } else if (tag === UNPACKED_FLOAT && kind === "float") {
      list.fixed(4);
      runs.push(start, list.at);
    } else if (tag === UNPACKED_INT64 && kind === "int64") {
      list.skipVarint();
      runs.push(start, list.at);
    } else list.skip(tag);
  }
}
