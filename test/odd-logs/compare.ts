/** Answers on the odd logs in a form in which equal answers are equal. */
import { type Answer, comparable } from "../tools/stock-answers.ts";
import type { OddRequest } from "./requests/request.ts";

/** Stock lists these in the order of a hash, another in every process. */
export function comparableAnswer(request: OddRequest, answer: Answer): unknown {
  const compared = comparable(request, answer);
  if (typeof compared !== "object" || compared === null || !("json" in compared)) return compared;
  if (request.url.startsWith("data/plugin/mesh/meshes")) return { ...compared, json: sorted(compared.json) };
  if (request.url.startsWith("data/plugin/hparams/experiment"))
    return { ...compared, json: withDomainsSorted(compared.json) };
  return compared;
}

function sorted(value: unknown): unknown {
  return Array.isArray(value)
    ? [...value].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)))
    : value;
}

function withDomainsSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDomainsSorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    name === "domainDiscrete" ? sorted(field) : withDomainsSorted(field),
  ]);
  return Object.fromEntries(entries);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
