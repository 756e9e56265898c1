/** The notices of what is bundled: licence, NOTICE and the like of every package that has code in a build. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

const FILES = /^(licen[cs]es?|copying|notice|copyright)/i;

/**
 * Plugins that write the notices into a file of the build.
 *
 * @returns that of the build itself, and one for its workers, which are bundles of their own
 */
export function licences(fileName: string): { readonly build: Plugin; readonly worker: () => Plugin } {
  const packages = new Set<string>();
  const note = (moduleIds: readonly string[]) => {
    for (const id of moduleIds) {
      const folder = packageOf(id);
      if (folder !== undefined) packages.add(folder);
    }
  };
  return {
    build: {
      name: "licences",
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === "chunk") note(file.moduleIds);
        this.emitFile({ type: "asset", fileName, source: [...packages].sort().map(noticesOf).join("\n") });
      },
    },
    // Workers are bundled on the way, before the build that needs them is written.
    worker: () => ({
      name: "licences-of-workers",
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === "chunk") note(file.moduleIds);
      },
    }),
  };
}

/** The folder of the package that a module is of; undefined for our own. */
function packageOf(module: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll(path.sep, "/"))?.[1];
}

function noticesOf(folder: string): string {
  const { name, version, license }: Record<string, string> = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  const files = filesOf(folder).map((file) => readFileSync(file, "utf8"));
  const texts = (files.length > 0 ? files : inReadme(folder)).map((text) => `\n${text.trim()}\n`);
  return `== ${name} ${version} (${license})\n${texts.join("")}`;
}

/** Its files of notices, and those in a folder of them: ECharts keeps D3's licence in `licenses`. */
function filesOf(folder: string): string[] {
  const found = readdirSync(folder)
    .filter((name) => FILES.test(name))
    .sort()
    .map((name) => path.join(folder, name));
  return found.flatMap((file) =>
    statSync(file).isDirectory() ? readdirSync(file).map((name) => path.join(file, name)) : [file],
  );
}

/** Some have their licence in the README, under a heading of its own. */
function inReadme(folder: string): string[] {
  const file = readdirSync(folder).find((name) => /^readme/i.test(name));
  const text = file === undefined ? "" : readFileSync(path.join(folder, file), "utf8");
  const section = /^#+ *licen[cs]e\b.*?\n(.*?)(?=^#|$(?!\n))/ims.exec(text);
  return section === null ? [] : [section[1]!];
}
