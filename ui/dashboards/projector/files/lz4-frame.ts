/** LZ4's frames, as Arrow packs buffers: blocks that may copy from those before them. Format: lz4_Frame_format.md. */

const MAGIC = 0x184d2204;
/** Of a block's size: that its bytes are as they are. */
const PLAIN = 0x80000000;

/** @throws RangeError when the frame is damaged */
export function decompressLz4Frame(input: Uint8Array, length: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("it is no LZ4 frame");
  const flags = input[4]!;
  const hasBlockChecksums = (flags & 0x10) !== 0;
  const hasContentSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  // The descriptor: flags, block size, what they say is there, and a byte of checksum.
  let at = 4 + 2 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1;
  const output = new Uint8Array(length);
  let written = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const size = word & ~PLAIN;
    const block = input.subarray(at, at + size);
    if ((word & PLAIN) === 0) written = unpackBlock(block, output, written);
    else {
      output.set(block, written);
      written += size;
    }
    at += size + (hasBlockChecksums ? 4 : 0);
  }
  if (written !== length) throw new RangeError(`an LZ4 frame holds ${written} bytes, not ${length}`);
  return output;
}

/** Literals and copies of what was written, in turn. @returns how far the output is written */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0;
  let to = start;
  /** Fifteen says that more follows, a byte that is full that still more does. */
  const longer = (short: number): number => {
    let size = short;
    for (let byte = short === 15 ? 255 : 0; byte === 255; size += byte) byte = block[at++] ?? 0;
    return size;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = longer(token >> 4);
    output.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const back = block[at]! | (block[at + 1]! << 8);
    at += 2;
    if (back === 0 || back > to) throw new RangeError("an LZ4 block copies from before its start");
    // What is copied may reach into itself.
    const end = to + longer(token & 15) + 4;
    for (let from = to - back; to < end; ) output[to++] = output[from++]!;
  }
  return to;
}
