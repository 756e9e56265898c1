/** Links between the pages of the documentation lead to files that are there, and to headings in them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  ...readdirSync(root),
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" }).map(
    (name) => `docs/${name}`,
  ),
].filter((name) => name.endsWith(".md"));

/** As GitHub makes them: a second heading of the same words has a number. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, title] of readFileSync(page, "utf8").matchAll(/^#+ +(.+)$/gm)) {
    const plain = title!.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "");
    const anchor = plain.replaceAll(" ", "-");
    let another = anchor;
    for (let n = 1; anchors.has(another); n++) another = `${anchor}-${n}`;
    anchors.add(another);
  }
  return anchors;
}

test.each(pages)("%s", (page) => {
  const text = readFileSync(path.join(root, page), "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const dead = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path.join(root, page) : path.join(root, path.dirname(page), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).has(anchor);
  });
  expect(dead).toEqual([]);
});
