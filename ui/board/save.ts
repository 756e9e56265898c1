/** Gives the person a file. */

/** Saves `blob` under `name` where the browser saves downloads. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A tag as a file name: letters, digits and what is harmless everywhere. */
export function fileName(tag: string): string {
  return tag.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(0, 120) || "card";
}
