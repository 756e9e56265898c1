/** The notation of programs, which is JSON: a list of statements each. */

/** What a variable is asked for with. */
export interface VariableRequest {
  readonly shape?: readonly number[];
  readonly dtype?: "float32" | "int32";
  readonly trainable?: boolean;
  /** `zeros`, or a value given as a constant. */
  readonly initializer?: "zeros" | number;
  /** Half the sum of the squares. */
  readonly regularizer?: boolean;
  readonly collections?: readonly string[];
}

export interface ScopeRequest {
  readonly reuse?: boolean | "auto";
  readonly defaultName?: string;
  readonly dtype?: "float32" | "int32";
  readonly regularizer?: boolean;
}

/** One statement after the other. */
export type Body = readonly Statement[];

/** A statement prints the names of what it makes, or the kind of error that it ends in. */
export type Statement =
  | readonly ["noOp", name?: string]
  | readonly ["constant", name?: string]
  /** The sum of two constants, both made here. */
  | readonly ["add", name?: string]
  | readonly ["variable", name?: string, trainable?: boolean]
  | readonly ["getVariable", name: string, request?: VariableRequest]
  | readonly ["nameScope", name: string | null, body: Body]
  /** The n-th scope that was opened, entered again by its name with a slash. */
  | readonly ["nameScopeAgain", index: number, body: Body]
  | readonly ["variableScope", name: string | null, request: ScopeRequest, body: Body]
  /** The n-th variable scope that was opened, entered again as an object. */
  | readonly ["variableScopeAgain", index: number, request: ScopeRequest, body: Body]
  | readonly ["reuseVariables"]
  /** Prints the variable scope that is open: its name, whether it reuses, its name scope. */
  | readonly ["currentScope"]
  | readonly ["device", device: string | null, body: Body]
  | readonly ["controlDependencies", nodes: readonly string[] | null, body: Body]
  | readonly ["colocateWith", node: string, body: Body]
  | readonly ["uniqueName", name: string]
  | readonly ["scalar", name: string, family?: string]
  | readonly ["average", variable: string, name?: string]
  | readonly ["averageName", variable: string]
  | readonly ["addToCollection", key: string, node: string]
  | readonly ["getCollection", key: string, scope?: string]
  | readonly ["newGraph", body: Body]
  | readonly ["resetDefaultGraph"];

/** The shape of most variables. */
export const ONE = { shape: [1] };
