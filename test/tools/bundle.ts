/** Programs that tests start often, or as a user who cannot read this folder: one file each, quick to load. */
import path from "node:path";
import { build } from "vite";

/**
 * Bundles a TypeScript program with all that it imports, from the sources.
 *
 * @param entry the program
 * @param directory where the bundle goes
 * @returns its path, to be run with Node
 */
export async function bundleProgram(entry: string, directory: string): Promise<string> {
  const name = `${path.basename(entry, ".ts")}.mjs`;
  const conditions = ["tsboard-source"];
  await build({
    configFile: false,
    logLevel: "error",
    // Without the condition `node` the checksum is the portable one, and no native module is needed.
    ssr: { noExternal: true, target: "node", resolve: { conditions, externalConditions: conditions } },
    resolve: { conditions },
    build: {
      ssr: entry,
      outDir: directory,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return path.join(directory, name);
}
