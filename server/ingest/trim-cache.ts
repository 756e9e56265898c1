/** Keeps the index cache from growing without end: what has not been used for longest goes. */
import { readdir, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** Bytes that a cache may take. */
const MOST_BYTES = 4e9;
/** Half-written links of servers that ended early. */
const ABANDONED_MILLIS = 3600e3;

/** The user's own cache folder, where the system has it. */
export function userCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32") return path.join(LOCALAPPDATA ?? homedir(), "tsboard", "index");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches", "tsboard", "index");
  return path.join(XDG_CACHE_HOME || path.join(homedir(), ".cache"), "tsboard", "index");
}

/** Deletes what was used least lately, until the rest fits. Never rejects: a cache is not worth a failure. */
export async function trimCache(folder: string, most = MOST_BYTES): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: { file: string; bytes: number; used: number }[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const info = await stat(file).catch(() => null);
    if (!info) continue;
    const abandoned = entry.name.endsWith(".tmp") && Date.now() - info.mtimeMs > ABANDONED_MILLIS;
    if (abandoned) await rm(file, { force: true }).catch(() => {});
    else files.push({ file, bytes: info.size, used: info.mtimeMs });
  }
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of files.sort((a, b) => a.used - b.used)) {
    if (total <= most) return;
    await rm(file, { force: true }).catch(() => {});
    total -= bytes;
  }
}
