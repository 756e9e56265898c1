/** Writes the documents that are made from the code: `npm run docs`. A test each holds them against it. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { kinds } from "../../test/interop/kinds/index.ts";
import { interopTable } from "./interop-table.ts";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));

mkdirSync(docs, { recursive: true });
writeFileSync(path.join(docs, "interop.md"), interopTable(kinds));
