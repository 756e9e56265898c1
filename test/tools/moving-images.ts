/** Images that move: a black and a white frame in turns, without an end. */
import { crc32 } from "@node-rs/crc32";
import { encode } from "fast-png";

const FRAME_MS = 150;

/** A pixel of two colours. */
export function movingGif(): Uint8Array {
  const ascii = (text: string) => Buffer.from(text, "latin1");
  // Codes of three bits: clear, the pixel's colour, end.
  const frame = (colour: 0 | 1) => [
    ...[0x21, 0xf9, 4, 0, FRAME_MS / 10, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, colour === 0 ? 0x44 : 0x4c, 1, 0],
  ];
  return Buffer.concat([
    ascii("GIF89a"),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x21, 0xff, 11]),
    ascii("NETSCAPE2.0"),
    Buffer.from([3, 1, 0, 0, 0]),
    Buffer.from([...frame(0), ...frame(1), 0x3b]),
  ]);
}

/** `size` × `size` pixels of eight bits. */
export function movingPng(size = 8): Uint8Array {
  const frames = [0, 255].map((grey) =>
    chunksOf(
      encode({
        width: size,
        height: size,
        data: new Uint8Array(size * size).fill(grey),
        channels: 1,
        depth: 8,
      }),
    ),
  );
  const [first, second] = frames as [Chunk[], Chunk[]];
  const data = (chunks: Chunk[]) => chunks.find(({ type }) => type === "IDAT")!.data;
  const control = (sequence: number): Chunk => {
    const bytes = Buffer.alloc(26);
    bytes.writeUInt32BE(sequence, 0);
    bytes.writeUInt32BE(size, 4);
    bytes.writeUInt32BE(size, 8);
    bytes.writeUInt16BE(FRAME_MS, 20);
    bytes.writeUInt16BE(1000, 22);
    return { type: "fcTL", data: bytes };
  };
  const animated = Buffer.alloc(8);
  animated.writeUInt32BE(2, 0);
  const numbered = Buffer.alloc(4);
  numbered.writeUInt32BE(2, 0);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[
      first[0]!,
      { type: "acTL", data: animated },
      control(0),
      { type: "IDAT", data: data(first) },
      control(1),
      { type: "fdAT", data: Buffer.concat([numbered, data(second)]) },
      { type: "IEND", data: Buffer.alloc(0) },
    ].map(chunkBytes),
  ]);
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.toString("latin1", at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function chunkBytes({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}
