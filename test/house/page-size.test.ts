/** What the page costs to load, compressed as it travels: its scripts, and for the first view its styles as well. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const assets = path.join(root, "dist/ui/assets");
const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));

/** What a script loads with it: itself, and all that it imports at once. */
function loaded(script: string, into = new Set<string>()): Set<string> {
  if (into.has(script)) return into;
  into.add(script);
  const text = readFileSync(path.join(assets, script), "utf8");
  for (const [, name] of text.matchAll(/(?:from|^import|[;}]import)\s*"\.\/([^"]+\.js)"/g))
    loaded(name!, into);
  return into;
}

/** What is said to the browser before a script runs: the page itself, and the styles that it names. */
const page = readFileSync(path.join(root, "dist/ui/index.html"), "utf8");
const styles = [...page.matchAll(/href="\.\/assets\/([^"]+\.css)"/g)].map(([, name]) => name!);

const kilobytes = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name))).length, 0) / 1000;

const entry = /src="\.\/assets\/([^"]+\.js)"/.exec(page)![1]!;
const dashboards = readdirSync(path.join(root, "ui/dashboards"), { withFileTypes: true })
  .filter((item) => item.isDirectory())
  .map(({ name }) => name);
/** The script of a dashboard, by its folder. */
const scriptOf = (dashboard: string): string =>
  scripts.find((name) => new RegExp(`^${dashboard}-[\\w-]{8}\\.js$`).test(name)) ??
  expect.fail(`no script of ${dashboard}`);

const first = loaded(scriptOf("scalars"), loaded(entry));

test("the first page that is seen is under 300 kB gzipped", () => {
  expect(first.size).toBeGreaterThan(1);
  expect(styles.length).toBeGreaterThan(0);
  expect(kilobytes([...first, ...styles]) + gzipSync(page).length / 1000).toBeLessThan(300);
});

/** What draws in three dimensions carries a library for it. */
const HEAVY = new Set(["mesh", "projector"]);

test.each(dashboards.filter((name) => !HEAVY.has(name)))(
  "opening %s loads under 150 kB more",
  (dashboard) => {
    const more = [...loaded(scriptOf(dashboard))].filter(
      (name) => dashboard === "scalars" || !loaded(entry).has(name),
    );
    expect(more.length).toBeGreaterThan(0);
    expect(kilobytes(more)).toBeLessThan(dashboard === "scalars" ? 300 : 150);
  },
);
