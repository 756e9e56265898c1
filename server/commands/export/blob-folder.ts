/** Writes what is a file by itself, such as an image, below the folder of an export, under names that no log can abuse. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeDirectory } from "../../../files/make-directory.ts";

/** Where a blob comes from. */
export interface BlobSource {
  readonly plugin: string;
  readonly run: string;
  readonly tag: string;
  readonly step: number | bigint;
  /** Place among the value's blobs. */
  readonly index: number;
  /** Without a dot. */
  readonly extension: string;
}

export class BlobFolder {
  readonly #root: string;
  /** Names that were given, in small letters: some file systems see no difference. */
  readonly #taken = new Set<string>();
  readonly #made = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Writes a blob; gives its name below the folder, with `/`. */
  write({ plugin, run, tag, step, index, extension }: BlobSource, bytes: Uint8Array): string {
    const folder = [plugin, run, tag].map(safeName).join("/");
    if (!this.#made.has(folder)) makeDirectory(path.join(this.#root, folder));
    this.#made.add(folder);
    const name = this.#free(`${folder}/${index === 0 ? step : `${step}_${index}`}`, extension);
    writeFileSync(path.join(this.#root, name), bytes);
    return name;
  }

  /** Names of two blobs are the same where a restart wrote a step again, or where only capitals tell them apart. */
  #free(name: string, extension: string): string {
    for (let copy = 1; ; copy++) {
      const tried = `${name}${copy > 1 ? `~${copy}` : ""}.${extension}`;
      if (this.#taken.has(tried.toLowerCase())) continue;
      this.#taken.add(tried.toLowerCase());
      return tried;
    }
  }
}

/** File systems allow 255 bytes. */
const MOST_BYTES = 120;

/**
 * A name as one part of a path: whatever could mean another folder, or that some system does not allow in names, is
 * written as %XX; a long one is cut, and ends with a hash of all of it.
 */
export function safeName(name: string): string {
  const safe = name
    .replace(/[%/\\:*?"<>|\p{Cc}]/gu, encodeURIComponent)
    .replace(/[*]/g, "%2A")
    .replace(/^\.|[. ]$/g, (end) => `%${end.charCodeAt(0).toString(16).toUpperCase()}`);
  if (safe === "") return "%";
  if (Buffer.byteLength(safe) <= MOST_BYTES) return safe;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${safe.slice(0, MOST_BYTES / 4)}~${hash}`;
}
