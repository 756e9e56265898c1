/** Programs made by chance, for what no rule speaks of. */
import { type Body, ONE, type Statement } from "./notation.ts";

/** Programs that nobody thought of: the same ones each time. */
export function randomPrograms(count: number): Record<string, Body> {
  const draw = generator(7);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  const name = () => pick(["a", "A", "b", "a_1", "b_1", "a/b", "c"]);
  const reuse = () => pick([undefined, undefined, false, true, "auto"] as const);
  const scopeRequest = () => {
    const reused = reuse();
    return reused === undefined ? {} : { reuse: reused };
  };
  const statement = (depth: number): Statement => {
    const kind = Math.floor(draw() * (depth < 3 ? 12 : 6));
    if (kind === 0) return ["noOp", name()];
    if (kind === 1) return ["add"];
    if (kind === 2) return ["variable", name()];
    if (kind <= 4) return ["getVariable", name(), ONE];
    if (kind === 5) return draw() < 0.5 ? ["uniqueName", name()] : ["scalar", name()];
    if (kind <= 7) return ["nameScope", pick([name(), name(), name(), `${name()}/`, "", null]), body(depth)];
    if (kind === 8) return ["nameScopeAgain", Math.floor(draw() * 3), body(depth)];
    if (kind === 9) return ["variableScopeAgain", Math.floor(draw() * 3), scopeRequest(), body(depth)];
    if (kind === 10) return ["variableScope", null, { defaultName: name(), ...scopeRequest() }, body(depth)];
    return ["variableScope", name(), scopeRequest(), body(depth)];
  };
  const body = (depth: number): Body =>
    Array.from({ length: 1 + Math.floor(draw() * 4) }, () => statement(depth + 1));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `random ${i + 1}`,
      [...body(-1), ...body(-1), ["currentScope"]],
    ]),
  );
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
