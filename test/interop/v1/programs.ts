/**
 * Programs of names, scopes and collections that both TensorFlow (v1_names.py) and `v1` (names.test.ts) run. What each prints
 * is saved in names.json.
 */

import { collections } from "./programs/collections.ts";
import { graphs } from "./programs/graphs.ts";
import { operationsAndScopes } from "./programs/names.ts";
import type { Body } from "./programs/notation.ts";
import { placement } from "./programs/placement.ts";
import { randomPrograms } from "./programs/random.ts";
import { variableScopes } from "./programs/variable-scopes.ts";
import { variables } from "./programs/variables.ts";

export type { ScopeRequest, Statement, VariableRequest } from "./programs/notation.ts";

/** Those that say what a rule is, and others. */
export const programs: Readonly<Record<string, Body>> = {
  ...operationsAndScopes,
  ...variables,
  ...variableScopes,
  ...placement,
  ...collections,
  ...graphs,
  ...randomPrograms(120),
};
