/** What the page costs to load: its JavaScript, compressed as it travels. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const assets = fileURLToPath(new URL("../../dist/ui/assets/", import.meta.url));

test("all scripts together are under 500 kB gzipped", () => {
  const sizes = readdirSync(assets)
    .filter((name) => name.endsWith(".js"))
    .map((name) => gzipSync(readFileSync(assets + name)).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
});
