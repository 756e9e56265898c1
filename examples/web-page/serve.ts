/** Everything that the page needs: a server that takes its events, its digits in a TFRecord file, and the page itself. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeRecords } from "tsboard/records";
import { type RunningServer, startServer } from "tsboard/server";
import { build, preview } from "vite";
import { type Digits, loadDataset } from "../mnist/data.ts";
import { pixels, toExample } from "../tfrecord/digit.ts";
import type { Settings } from "./settings.ts";

export interface WebPageOptions {
  readonly logdir: string;
  readonly steps: number;
  /** Port of tsboard. Default 6006, or the next that is free; 0: any. */
  readonly port?: number;
}

export interface ServedPage {
  /** Address of the page that trains. */
  readonly page: string;
  readonly server: RunningServer;
  close(): Promise<void>;
}

const root = path.dirname(fileURLToPath(import.meta.url));
const wasm = path.dirname(
  createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"),
);

/** Starts both servers, on this machine only. */
export async function serveWebPage({ logdir, steps, ...options }: WebPageOptions): Promise<ServedPage> {
  const token = crypto.randomUUID();
  const directory = await mkdtemp(path.join(tmpdir(), "tsboard-web-page-"));
  const server = await startServer({ logdir, ingest: { token }, ...options });
  const [publicDir, outDir] = [path.join(directory, "public"), path.join(directory, "site")];
  await mkdir(publicDir);
  await writePublic(publicDir, { server: server.url, token, steps, batch: 100 });
  const common = { configFile: false, root, publicDir, logLevel: "error" } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true } });
  const site = await preview({ ...common, build: { outDir }, preview: { host: "127.0.0.1", port: 5173 } });
  return {
    page: site.resolvedUrls?.local[0] ?? "",
    server,
    async close() {
      await site.close();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** The files that the page fetches: settings, digits, and the back end's WebAssembly. */
async function writePublic(directory: string, settings: Settings): Promise<void> {
  await writeFile(path.join(directory, "settings.json"), JSON.stringify(settings));
  const { train } = await loadDataset(1);
  await writeRecords(path.join(directory, "digits.tfrecord.gz"), examples(train), { compression: "gzip" });
  for (const kind of ["", "-simd", "-threaded-simd"]) {
    const file = `tfjs-backend-wasm${kind}.wasm`;
    await copyFile(path.join(wasm, file), path.join(directory, file));
  }
}

function* examples({ images, labels }: Digits): Generator<Uint8Array> {
  for (const [i, label] of labels.entries())
    yield toExample(images.subarray(i * pixels, (i + 1) * pixels), label);
}
