/**
 * The first of the page's scripts: small, and run before the page's own code is there. It asks for all that will be
 * wanted first, so that code and answers come side by side. Where it does not run, the same is asked a little later.
 */
import { parseFragment } from "../app/url-fields.ts";
import { askEarly } from "./asked.ts";
import { FIRST_QUESTIONS } from "./first-questions.ts";

/** Files of each dashboard's code, by the name of its folder: put here when the page is built. */
declare const DASHBOARD_CODE: Readonly<Record<string, readonly string[]>>;

/** What the page shows where the address names no dashboard, or none that there is. */
const FIRST = "scalars";

const { dashboard, params } = parseFragment(location.hash);
askEarly("status", { cache: "no-store" });
askEarly("catalog", { cache: "no-store" });
if (Object.hasOwn(FIRST_QUESTIONS, dashboard)) FIRST_QUESTIONS[dashboard]!(params);

const plain = (name: string): string => name.replace(/[-_]/g, "");
const folders = Object.keys(DASHBOARD_CODE);
const folder = folders.find((name) => plain(name) === plain(dashboard)) ?? FIRST;
for (const file of DASHBOARD_CODE[folder] ?? []) {
  const link = document.createElement("link");
  const isStyle = file.endsWith(".css");
  link.rel = isStyle ? "preload" : "modulepreload";
  if (isStyle) link.as = "style";
  link.crossOrigin = "";
  link.href = file;
  document.head.append(link);
}
