/**
 * The file by which notebooks find a server: TensorBoard's `%tensorboard` starts what `TENSORBOARD_BINARY` names and
 * waits for it, and the next cell takes the server that it tells of instead of a new one (`tensorboard/manager.py`).
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { version } from "../version.ts";

/** What it tells of a server, in TensorBoard's words. */
export interface ServerInfo {
  readonly port: number;
  readonly path_prefix: string;
  readonly logdir: string;
}

/**
 * Writes the file of this process, and takes it away when the process ends. Throws what the disk says where it cannot
 * be written.
 *
 * @param args the command line as it was given: the next call finds this server by it and the working directory
 */
export function writeInfoFile({ port, path_prefix, logdir }: ServerInfo, args: readonly string[]): void {
  const folder = path.join(os.tmpdir(), ".tensorboard-info");
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o777); // everybody's, as stock makes it
  const file = path.join(folder, `pid-${process.pid}.info`);
  const info = {
    cache_key: cacheKey(process.cwd(), args),
    db: "",
    logdir,
    path_prefix,
    pid: process.pid,
    port,
    start_time: Math.floor(Date.now() / 1000),
    version,
  };
  // Of an earlier process of this number, killed; or a link that somebody laid there, which must not be written through.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(info, null, 4)}\n`, { flag: "wx" });
  process.once("exit", () => rmSync(file, { force: true }));
}

/** What `tensorboard.manager.cache_key` makes of a call: base64 of Python's compact JSON, keys in order, ASCII only. */
export function cacheKey(directory: string, args: readonly string[]): string {
  const json = JSON.stringify({ arguments: args, configure_kwargs: {}, working_directory: directory });
  const ascii = json.replaceAll(
    /[\x7f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return Buffer.from(ascii).toString("base64");
}
