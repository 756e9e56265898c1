/** Libraries that come with the first text that needs them: most logs have none, and the server is up sooner without. */
import { createRequire } from "node:module";

type Parse5 = typeof import("parse5");
type Entities = typeof import("character-entities").characterEntities;

const require = createRequire(import.meta.url);
let loadedParser: Parse5 | undefined;
let loadedEntities: Entities | undefined;

/** A browser's parser of HTML. */
export function parse5(): Parse5 {
  if (loadedParser) return loadedParser;
  const parser: Parse5 = require("parse5");
  loadedParser = parser;
  return parser;
}

/** Characters of HTML by name, without `&` and `;`. */
export function characterEntities(): Entities {
  if (loadedEntities) return loadedEntities;
  const { characterEntities: entities }: { characterEntities: Entities } = require("character-entities");
  loadedEntities = entities;
  return entities;
}
