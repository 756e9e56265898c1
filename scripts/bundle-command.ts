/**
 * The command `tsboard` in few files: itself, the threads that read and watch, and what each command loads when it is asked for.
 * Packages are in it, but for native ones and those that are loaded with `require` when they are needed; their licences
 * stand beside it.
 */
import { cpSync } from "node:fs";
import path from "node:path";
import { build } from "vite";
import { licences } from "./licences.ts";

const CONDITIONS = ["tsboard-source", "node"];

/** @param root the project's folder; dist/command in it is made anew */
export async function bundleCommand(root: string): Promise<void> {
  const folder = path.join(root, "dist/command");
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    plugins: [licences("THIRD-PARTY-LICENCES.txt").build],
    ssr: {
      noExternal: true,
      external: ["@node-rs/crc32"],
      target: "node",
      resolve: { conditions: CONDITIONS, externalConditions: CONDITIONS },
    },
    resolve: { conditions: CONDITIONS },
    build: {
      ssr: true,
      target: "node20",
      outDir: folder,
      minify: false,
      rollupOptions: {
        input: {
          bin: path.join(root, "server/bin.ts"),
          // Under the name by which `server/ingest/readers.ts` knows it.
          "reader-thread": path.join(root, "server/ingest/reader-thread.ts"),
          // And under that by which `server/graphs/asker.ts` does.
          "graph-thread": path.join(root, "server/graphs/graph-thread.ts"),
          // Likewise, for `server/logdir/watch.ts`.
          "watch-thread": path.join(root, "server/logdir/watch-thread.ts"),
        },
        // All in one folder: what code finds beside itself is there from every file.
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          // Less to parse; functions and classes keep their names, so that a stack trace says something.
          minify: { compress: true, mangle: { keepNames: true }, codegen: true },
        },
      },
    },
  });
  cpSync(path.join(root, "server/ingest/generated"), path.join(folder, "generated"), { recursive: true });
}
