/** Bundles a program for a web page, as people's own build does it. */
import { build, defaultClientConditions } from "vite";

/** A bundle, and the modules that it is made of. */
export interface PageBundle {
  readonly code: string;
  readonly modules: readonly string[];
  /** What the bundler warned of, such as modules of Node that it had to leave out. */
  readonly warnings: readonly string[];
}

/**
 * @param entry path of the program, a module
 * @param what whether `tsboard` stands for our sources, or for the built package as others get it
 */
export async function bundlePage(entry: string, what: "sources" | "package"): Promise<PageBundle> {
  const warnings: string[] = [];
  const conditions = [...(what === "sources" ? ["tsboard-source"] : []), ...defaultClientConditions];
  const result = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions },
    build: {
      write: false,
      minify: what === "package",
      modulePreload: false,
      rolldownOptions: { input: entry, onwarn: (warning) => void warnings.push(warning.message) },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (output === undefined || !("output" in output)) throw new Error("nothing was bundled");
  const [chunk] = output.output;
  return { code: chunk.code, modules: Object.keys(chunk.modules), warnings };
}
