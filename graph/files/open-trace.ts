/** Opens a trace alone: who has no other files needs none of what reads them. */
import { Step } from "../graph.ts";
import { GraphError } from "../graph-error.ts";
import type { Json } from "../keras/json.ts";
import { looksLikeChromeTrace, stepOfChromeTrace } from "./chrome-trace.ts";

/** @throws GraphError in words when it is no trace in Chrome's form */
export function openTrace(bytes: Uint8Array): Step {
  if (bytes.length === 0) throw new GraphError("the file is empty");
  const json = parseJson(bytes);
  if (!looksLikeChromeTrace(json)) throw new GraphError("the file is no trace in Chrome's form");
  return new Step(stepOfChromeTrace(json));
}

/** @throws GraphError when it is none */
export function parseJson(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch (error) {
    throw new GraphError(`the file is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
