/** What is published of the declarations: those that an entry of the package leads to. Nobody can import the others. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import manifest from "../package.json" with { type: "json" };

const ENTRY = /\.\/dist\/[^"]+\.d\.ts/g;
const IMPORTED = /(?:from |import\(|import )"(\.[^"]+)"/g;

/** Removes the declarations below `root`/dist that no entry leads to. */
export function pruneDeclarations(root: string): void {
  const entries = JSON.stringify(manifest.exports).match(ENTRY) ?? [];
  const kept = new Set<string>();
  const wanted = entries.map((entry) => path.join(root, entry));
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (kept.has(file)) continue;
    if (!existsSync(file)) throw new Error(`${file} is imported by declarations, and was not built`);
    kept.add(file);
    for (const [, target] of readFileSync(file, "utf8").matchAll(IMPORTED))
      wanted.push(path.resolve(path.dirname(file), target!.replace(/(\.d)?\.[jt]s$/, ".d.ts")));
  }
  const dist = path.join(root, "dist");
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const file = path.join(dist, name);
    if (name.endsWith(".d.ts") && !kept.has(file)) rmSync(file);
  }
}
