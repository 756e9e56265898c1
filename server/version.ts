/** The version of this package, from its package.json. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

// The package knows itself by name, whether it runs from the sources or from dist/.
const manifest: unknown = require("tsboard/package.json");

/**
 * The version of this package.
 *
 * @example
 * console.log(/^\d+\.\d+\.\d+/.test(version)); // true
 */
export const version: string =
  typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
