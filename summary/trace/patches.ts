/** Methods of objects that are replaced for a while, and put back as they were. */

type Method = (this: object, ...args: never[]) => unknown;

export class Patches {
  private readonly undo: (() => void)[] = [];

  /** Stands in front of a method, on this object alone; `original` is bound to nothing. */
  replace<Target extends object, Name extends keyof Target & string>(
    target: Target,
    name: Name,
    make: (original: Target[Name]) => Target[Name],
  ): void {
    const before = Object.getOwnPropertyDescriptor(target, name);
    const value = make(target[name]);
    Object.defineProperty(target, name, {
      value,
      configurable: true,
      writable: true,
      enumerable: before?.enumerable ?? false,
    });
    this.undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, before);
    });
  }

  /** The same for a method that the types do not tell of; nothing where there is none. */
  wrap(target: object, name: string, around: (self: object, run: () => unknown) => unknown): void {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== "function") return;
    const wrapper: Method = function (...args) {
      return around(this, () => Reflect.apply(original, this, args));
    };
    this.replace(target as Record<string, unknown>, name, () => wrapper);
  }

  /** Puts everything back, the last first. */
  restore(): void {
    for (const undo of this.undo.splice(0).reverse()) undo();
  }
}
