/**
 * Remembers what large event files hold, so that a second start need not read them again: packed points as they are in
 * memory, and where all other values are. What is remembered of a file is a chain of links, each a file of its own that
 * never changes, for the bytes from one offset to another; so any number of servers may share a cache. A link counts
 * only while the event file is the same one (by number and modification time) and has the same bytes where the link ends.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { crc32c } from "#crc32c";
import { makeDirectory } from "../../files/make-directory.ts";
import { openFile } from "../logdir/open-file.ts";
import { readBytes } from "../store/spill-file.ts";
import type { FileBatch, FileEnd } from "./batch.ts";
import { continues } from "./fingerprint.ts";
import type { SlabParts } from "./point-packer.ts";

/** The end of every link: magic with the format's version, place, length and CRC of what stands before. */
const MAGIC = "tsbidx03";
const FOOTER_BYTES = 32;
/** Fewer bytes than this are read as fast as remembered. */
export const LEAST_BYTES = 1 << 20;

/** A slab whose data is in a file. */
export interface StoredSlab {
  readonly directory: Float64Array<ArrayBuffer>;
  readonly stored: StoredData;
}

export interface StoredData {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

/** What one message of a read held. */
interface CachedMessage {
  readonly batches: readonly FileBatch[];
  readonly slab: { directory: Float64Array<ArrayBuffer>; offset: number; bytes: number; crc: number } | null;
}

interface LinkContent {
  readonly from: number;
  readonly end: FileEnd;
  readonly messages: readonly CachedMessage[];
}

/** What a link gives: batches as they were read. */
export interface CachedRead {
  readonly end: FileEnd;
  readonly messages: readonly { readonly batches: readonly FileBatch[]; readonly slab: StoredSlab | null }[];
}

export class IndexCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * What is remembered of a file from its start, link by link, as far as it is still true. Never throws.
   *
   * @param root folder free of links in which the file must really be; null where links may lead anywhere
   */
  *load(eventFile: string, root: string | null): Generator<CachedRead> {
    let fd: number | undefined;
    try {
      const folder = this.#folderOf(eventFile);
      const links = linksIn(folder);
      if (links.size === 0) return;
      const file = openFile(eventFile, root);
      fd = file.fd;
      const { size, mtimeMs } = file.stats;
      let offset = 0;
      for (let name = links.get(offset); name !== undefined; name = links.get(offset)) {
        const link = path.join(folder, name);
        const content = readLink(link);
        const { end } = content ?? {};
        const unchanged =
          end &&
          (size > end.size || (size === end.size && mtimeMs === end.modified)) &&
          continues(fd, file.stats, end);
        if (!content || !unchanged || content.from !== offset || end.offset <= offset) {
          rmSync(link, { force: true });
          return;
        }
        const now = Date.now() / 1000;
        utimesSync(link, now, now); // what is used is kept longest
        yield { end, messages: content.messages.map((message) => stored(message, link)) };
        offset = end.offset;
      }
    } catch {
      // A cache that cannot be read is no cache: the file itself is read.
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  /** Starts to remember a read that goes on from `from`. */
  record(eventFile: string, from: FileEnd | null): LinkRecorder {
    return new LinkRecorder(this.#folderOf(eventFile), from?.offset ?? 0);
  }

  #folderOf(eventFile: string): string {
    const hash = createHash("sha256").update(path.resolve(eventFile)).digest("hex").slice(0, 40);
    return path.join(this.#directory, hash.slice(0, 2), hash.slice(2));
  }
}

/** Writes one link while a file is read. A disk that is full or not writable only means that nothing is remembered. */
export class LinkRecorder {
  readonly #folder: string;
  readonly #from: number;
  readonly #temporary: string;
  readonly #messages: CachedMessage[] = [];
  #fd: number | null = null;
  #bytes = 0;

  constructor(folder: string, from: number) {
    this.#folder = folder;
    this.#from = from;
    this.#temporary = path.join(folder, `${randomUUID()}.tmp`);
    try {
      makeDirectory(folder);
      this.#fd = openSync(this.#temporary, "wx", 0o600);
    } catch {
      // Not writable.
    }
  }

  /** Takes what a message of the read holds. */
  add(batches: readonly FileBatch[], slab: SlabParts | null): void {
    if (this.#fd === null) return;
    const data = slab && Buffer.from(slab.data);
    const place = data && {
      directory: slab.directory.slice(),
      offset: this.#bytes,
      bytes: data.length,
      crc: crc32c(data),
    };
    this.#messages.push({ batches, slab: place });
    if (data) this.#write(data);
  }

  /** Makes the link count; or forgets it, where the read did not end well. */
  finish(end: FileEnd | null): void {
    const complete =
      end !== null && ["reading", "more", "dead"].includes(end.state) && end.offset > this.#from;
    if (complete) {
      const content: LinkContent = { from: this.#from, end, messages: this.#messages };
      const meta = serialize(content);
      const footer = Buffer.alloc(FOOTER_BYTES);
      footer.write(MAGIC);
      footer.writeBigUInt64LE(BigInt(this.#bytes), 8);
      footer.writeBigUInt64LE(BigInt(meta.length), 16);
      footer.writeUInt32LE(crc32c(meta), 24);
      this.#write(meta);
      this.#write(footer);
      if (this.#fd !== null) {
        closeSync(this.#fd);
        this.#fd = null;
        const name = `${this.#from}-${end.offset}-${randomUUID()}.idx`;
        renameSync(this.#temporary, path.join(this.#folder, name));
        return;
      }
    }
    this.#giveUp();
  }

  #write(data: Buffer): void {
    try {
      for (let done = 0; this.#fd !== null && done < data.length; )
        done += writeSync(this.#fd, data, done, data.length - done);
      this.#bytes += data.length;
    } catch {
      this.#giveUp();
    }
  }

  #giveUp(): void {
    if (this.#fd === null) return;
    closeSync(this.#fd);
    this.#fd = null;
    rmSync(this.#temporary, { force: true });
  }
}

/** Links of a folder by the offset at which they start; of several the one that goes farthest. */
function linksIn(folder: string): Map<number, string> {
  const links = new Map<number, { name: string; to: number }>();
  for (const name of readdirSync(folder)) {
    const match = /^(\d+)-(\d+)-.*\.idx$/.exec(name);
    if (!match) continue;
    const [from, to] = [Number(match[1]), Number(match[2])];
    if ((links.get(from)?.to ?? -1) < to) links.set(from, { name, to });
  }
  return new Map([...links].map(([from, { name }]) => [from, name]));
}

/** Null where the link is damaged. */
function readLink(link: string): LinkContent | null {
  const fd = openSync(link, "r");
  try {
    const { size } = fstatSync(fd);
    if (size < FOOTER_BYTES) return null;
    const footer = Buffer.alloc(FOOTER_BYTES);
    readSync(fd, footer, 0, FOOTER_BYTES, size - FOOTER_BYTES);
    const start = Number(footer.readBigUInt64LE(8));
    const length = Number(footer.readBigUInt64LE(16));
    if (footer.toString("latin1", 0, 8) !== MAGIC || start + length + FOOTER_BYTES !== size) return null;
    const meta = Buffer.from(readBytes(fd, start, length));
    if (crc32c(meta) !== footer.readUInt32LE(24)) return null;
    return deserialize(meta) as LinkContent;
  } finally {
    closeSync(fd);
  }
}

function stored({ batches, slab }: CachedMessage, link: string): CachedRead["messages"][number] {
  if (!slab) return { batches, slab: null };
  const { directory, offset, bytes, crc } = slab;
  return { batches, slab: { directory, stored: { path: link, offset, bytes, crc } } };
}

/** Reads a slab's data from a link. Throws when it is not there any more, or not as it was. */
export function readStored({ path: link, offset, bytes, crc }: StoredData): ArrayBuffer {
  const fd = openSync(link, "r");
  try {
    const data = readBytes(fd, offset, bytes);
    if (crc32c(Buffer.from(data)) !== crc) throw new Error(`${link} is damaged at byte ${offset}`);
    return data;
  } finally {
    closeSync(fd);
  }
}
