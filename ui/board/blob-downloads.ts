/** Values that were written as files (images, clips), as a card offers them: each of the first, and all in one file. */
import { fetchBlob } from "../app/api.ts";
import type { Download } from "./card-header.tsx";
import { fileName, save } from "./save.ts";

export interface BlobFile {
  readonly key: string;
  readonly index: number;
  /** In the menu. */
  readonly label: string;
  readonly hint: string;
  /** Of the file, without its ending. */
  readonly name: string;
}

/** A menu of more helps nobody: the rest is in the file of all. */
const MOST = 20;

/**
 * @param tag names the file of all
 * @param what several of them are called: `clips`
 */
export function blobDownloads(files: readonly BlobFile[], tag: string, what: string): Download[] {
  const each = files.slice(0, MOST).map((file) => ({
    label: file.label,
    hint: file.hint,
    run: async () => {
      const blob = await fetchBlob(file.key, file.index);
      save(blob, `${fileName(file.name)}.${endingOf(blob.type)}`);
    },
  }));
  if (files.length < 2) return each;
  return [{ label: `All ${files.length} ${what}`, hint: "ZIP", run: () => saveAll(files, tag) }, ...each];
}

async function saveAll(files: readonly BlobFile[], tag: string): Promise<void> {
  const { zipSync } = await import("fflate");
  const found: Record<string, Uint8Array> = {};
  for (const file of files) {
    const blob = await fetchBlob(file.key, file.index);
    found[freeName(found, fileName(file.name), endingOf(blob.type))] = new Uint8Array(
      await blob.arrayBuffer(),
    );
  }
  // Images and clips are as small as they get.
  save(new Blob([zipSync(found, { level: 0 })], { type: "application/zip" }), `${fileName(tag)}.zip`);
}

/** Runs may differ by what no file name has. */
function freeName(taken: object, name: string, ending: string): string {
  let free = `${name}.${ending}`;
  for (let count = 2; Object.hasOwn(taken, free); count++) free = `${name} (${count}).${ending}`;
  return free;
}

/** The ending of a file's name by its media type. */
export function endingOf(type: string): string {
  const ending = /^(?:audio|image)\/(?:x-)?([a-z0-9]+)/i.exec(type)?.[1]?.toLowerCase() ?? "bin";
  return ending === "mpeg" ? "mp3" : ending;
}
