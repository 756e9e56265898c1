/** Values that hold for a function while it runs: its writer, its condition for recording. */

/** Keeps the value of the function that runs. */
export interface Scope<Value> {
  current(): Value | undefined;
  run<Result>(value: Value, fn: () => Result): Result;
}

/** Follows calls but no awaits: what is possible without help of the platform. */
function stackScope<Value>(): Scope<Value> {
  const stack: Value[] = [];
  return {
    current: () => stack.at(-1),
    run(value, fn) {
      stack.push(value);
      try {
        return fn();
      } finally {
        stack.pop();
      }
    },
  };
}

let make: <Value>() => Scope<Value> = stackScope;

/** How scopes are kept that are used from now on for the first time; for platforms that can follow awaits. */
export function setScopes(next: <Value>() => Scope<Value>): void {
  make = next;
}

/** A scope that costs nothing until it is used. */
export function createScope<Value>(): Scope<Value> {
  let scope: Scope<Value> | undefined;
  return {
    current: () => scope?.current(),
    run(value, fn) {
      scope ??= make<Value>();
      return scope.run(value, fn);
    },
  };
}
