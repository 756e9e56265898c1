/** Writes the documents that are made from the code: `npm run docs`. A test each holds them against it. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kinds } from "../../test/interop/kinds/index.ts";
import { interopTable } from "./interop-table.ts";
import { publicApi, root } from "./public-api.ts";
import { reference } from "./reference.ts";

const docs = path.join(root, "docs");
const api = path.join(docs, "api");

rmSync(api, { recursive: true, force: true });
mkdirSync(api, { recursive: true });
writeFileSync(path.join(docs, "interop.md"), interopTable(kinds));
for (const [file, text] of reference(publicApi())) writeFileSync(path.join(api, file), text);
