/** Which state of a file something was read from: another is another file, or the same one written anew. */
import { stat } from "node:fs/promises";

export interface Stamp {
  readonly size: number;
  /** Equal as long as the file is the same and unchanged. */
  readonly text: string;
}

/** Undefined when there is no file of that name; a folder or device is none. */
export async function stampOf(file: string): Promise<Stamp | undefined> {
  const info = await stat(file, { bigint: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!info?.isFile()) return undefined;
  return { size: Number(info.size), text: `${info.ino}:${info.size}:${info.mtimeNs}` };
}
