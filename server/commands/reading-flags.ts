/** The flags that say how event files are read, of every command that reads them. */
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { userCacheFolder } from "../ingest/trim-cache.ts";
import { defaultOptions, memoryShare, type ServerOptions } from "../options.ts";
import { toCount } from "./arguments.ts";

/** As commander names them: the flags without their dashes. */
export interface ReadingFlags {
  readonly follow_links?: boolean;
  readonly checksum: "on" | "off";
  readonly threads?: number;
  readonly memory?: number;
  readonly index_cache?: string;
}

export type Reading = Pick<ServerOptions, "followLinks" | "checksum" | "threads" | "memory" | "indexCache">;

export function addReadingFlags(command: Command): void {
  command
    .optionsGroup("Reading:")
    .option("--follow_links", "follow links that lead out of the log directory")
    .addOption(
      new Option("--checksum <on|off>", "check the CRC of every record's data")
        .choices(["on", "off"])
        .default("on"),
    )
    .option(
      "--memory <amount>",
      "points to keep in memory, as 2GB, 512MB or 30% of the machine; the others wait on disk (default: 40%)",
      toMemory,
    )
    .option(
      "--index_cache <dir>",
      "where to remember what large files hold, so that the next start is quick, or off (default: the user's cache folder)",
    )
    .option("--threads <number>", "reading threads (default: one a core, at most four)", toCount(2));
}

export function toReading(flags: ReadingFlags): Reading {
  const { index_cache = userCacheFolder() } = flags;
  return {
    followLinks: flags.follow_links ?? false,
    checksum: flags.checksum === "on",
    threads: flags.threads,
    memory: flags.memory ?? defaultOptions.memory,
    indexCache: index_cache === "off" ? null : path.resolve(index_cache),
  };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

function toMemory(text: string): number {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (share && Number(share[1]) <= 100) return memoryShare(Number(share[1]) / 100);
  const amount = /^(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?$/i.exec(text);
  if (!amount) throw new InvalidArgumentError("an amount as 2GB, 512MB or 30%");
  return Number(amount[1]) * UNITS[amount[2]!.toUpperCase()]!;
}
