/** The native API's description of itself: an OpenAPI 3.1 document. */
import type { Request, Response } from "express";
import { version } from "../../../version.ts";
import type { ServerContext } from "../../context.ts";
import { components } from "./components.ts";
import type { PathItem } from "./operations.ts";
import { paths } from "./paths.ts";

export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: object;
}

const DESCRIPTION = `Training runs at full resolution: every point that the event files hold, as it is written.

Queries take the same names as parameters of GET, where lists are repeated in the singular (\`run=a&run=b\`), and in the
JSON of POST. Names that are not known are refused. Errors are sentences in plain text.

Numbers that JSON has not are the strings "NaN", "Infinity" and "-Infinity"; steps beyond 2^53 are written digit by digit.
Arrow has both as they are.`;

export const document: OpenApiDocument = {
  openapi: "3.1.0",
  info: { title: "tsboard's native API", version, description: DESCRIPTION },
  // Relative to where this document is, so that any path prefix fits.
  servers: [{ url: "." }],
  paths,
  components: {
    schemas: components,
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "The token that the server was started with." },
    },
  },
};

export async function answerOpenApi(
  _context: ServerContext,
  _request: Request,
  response: Response,
): Promise<void> {
  response.json(document);
}
