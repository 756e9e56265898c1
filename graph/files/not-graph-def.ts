/**
 * Tells what a binary file is that is no GraphDef. Protobuf's wire form has no names, so that nearly every message can be
 * read as a graph of some kind: what fits no NodeDef gives it away.
 */
import { eachField, isSpan, type Reader, readerOf, spanEnd, VARINT } from "../definition/wire.ts";

// Field numbers: `proto/schema/graph.proto`, tensorflow/tsl/profiler/protobuf/xplane.proto, proto/schema/run_metadata.proto.
const GRAPH_NODE = 1;
const NODE_NAME = 1;
/** NodeDef's last field; all of them are texts or messages. */
const LAST_OF_NODE = 7;
const PLANE = { name: 2, eventMetadata: 4, statMetadata: 5 };
/** Tag of the key of a map's entry, where it is a number. */
const NUMBER_KEY_TAG = (1 << 3) | VARINT;
/** Nodes that are looked at: what is no GraphDef shows it at once. */
const ENOUGH = 64;
/** A record of an event file begins with its length in eight bytes and a checksum in four; an event with its time. */
const EVENT = { at: 12, tag: (1 << 3) | 1 };

interface Seen {
  nodes: number;
  named: number;
  /** Fields that no NodeDef has, or names that are no text. */
  unfit: boolean;
  /** Maps from numbers, or names, as only an XPlane has them. */
  plane: boolean;
}

/** What the file seems to be, in words; null where nothing speaks against a GraphDef, or where it is damaged. */
export function whyNoGraphDef(bytes: Uint8Array): string | null {
  if (looksLikeEvents(bytes))
    return "this seems to be an event file: give the folder it is in as --logdir, and its graphs are listed here";
  const seen: Seen = { nodes: 0, named: 0, unfit: false, plane: false };
  try {
    const reader = readerOf(bytes);
    eachField(reader, bytes.length, (field, type) => {
      if (field !== GRAPH_NODE || !isSpan(type)) return;
      const end = spanEnd(reader);
      if (seen.nodes < ENOUGH) lookAt(reader, end, seen);
      reader.pos = end;
    });
  } catch {
    // Reading it as a graph says where it is damaged.
    return null;
  }
  if (seen.nodes === 0 || (!seen.unfit && seen.named > 0)) return null;
  if (seen.plane)
    return "this is an XSpace (.xplane.pb), a profile as TensorFlow and JAX write it, and no graph: such profiles are not read, XProf shows them";
  return seen.unfit
    ? "this is no GraphDef: what would be its nodes has other fields than a node"
    : "this is no GraphDef: none of its nodes has a name";
}

function lookAt(reader: Reader, end: number, seen: Seen): void {
  seen.nodes++;
  let named = false;
  eachField(reader, end, (field, type) => {
    if (field > LAST_OF_NODE) return;
    if (!isSpan(type)) {
      seen.unfit = true;
      return;
    }
    const until = spanEnd(reader);
    const { buf, pos } = reader;
    if (field === NODE_NAME) {
      named = until > pos;
      if (!isText(buf, pos, until)) seen.unfit = true;
    } else if (field === PLANE.name && isPlane(buf, pos, until)) seen.plane = true;
    else if (field === PLANE.eventMetadata || field === PLANE.statMetadata) {
      // Devices are texts, and attributes have texts for keys.
      if (until > pos && buf[pos] === NUMBER_KEY_TAG) seen.plane = true;
    }
    reader.pos = until;
  });
  if (named) seen.named++;
}

/** Names of nodes are in letters. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! < 0x20) return false;
  return true;
}

function isPlane(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 200) return false;
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  return /^\/(host|device):|^Task Environment$/.test(text);
}

function looksLikeEvents(bytes: Uint8Array): boolean {
  if (bytes.length < EVENT.at + 1 || bytes[EVENT.at] !== EVENT.tag) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(4, true) === 0 && view.getUint32(0, true) <= bytes.length;
}
