/** Builds the page's early script (`ui/early/early.ts`), and has the page begin with it. */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

/**
 * A plain script, which runs as soon as it is there: modules wait until the page is read, and for what they import. It is
 * built last, as it names the files of each dashboard's code.
 */
export function earlyScript(): Plugin {
  let emit: Rolldown.PluginContext["emitFile"];
  return {
    name: "early-script",
    apply: "build",
    renderStart() {
      emit = this.emitFile.bind(this);
    },
    transformIndexHtml: {
      order: "post",
      async handler(_html, { bundle }) {
        const source = await script(codeOf(bundle!));
        const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
        const fileName = `assets/early-${hash}.js`;
        emit({ type: "asset", fileName, source });
        return [{ tag: "script", attrs: { src: `./${fileName}` }, injectTo: "head-prepend" }];
      },
    },
  };
}

async function script(code: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../ui/early/early.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    minify: true,
    write: false,
    target: "es2022",
    define: { DASHBOARD_CODE: JSON.stringify(code) },
  });
  return outputFiles[0]!.text;
}

/** Files of each dashboard's code, by the name of its folder: those that come with the page are not among them. */
function codeOf(bundle: Bundle): Record<string, string[]> {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const withPage = new Set(
    chunks.filter(({ isEntry }) => isEntry).flatMap((entry) => filesOf(bundle, entry)),
  );
  const code: Record<string, string[]> = {};
  for (const chunk of chunks) {
    const folder = /\/dashboards\/([^/]+)\/index\.tsx$/.exec(chunk.facadeModuleId ?? "")?.[1];
    if (folder) code[folder] = filesOf(bundle, chunk).filter((file) => !withPage.has(file));
  }
  return code;
}

/** The chunk, all that it imports, and their styles. */
function filesOf(bundle: Bundle, chunk: Rolldown.OutputChunk, seen = new Set<string>()): string[] {
  if (seen.has(chunk.fileName)) return [];
  seen.add(chunk.fileName);
  for (const style of chunk.viteMetadata?.importedCss ?? []) seen.add(style);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === "chunk") filesOf(bundle, imported, seen);
  }
  return [...seen];
}
