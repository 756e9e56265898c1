/** What a person chooses is how their next visit begins; what a link says goes before it, and is not theirs. */
import type { UrlField } from "./url-fields.ts";

/** What a person chose on the page, which had another value before. */
export interface Choice<T> {
  /** How their visits begin so far. */
  readonly kept: T;
  readonly before: T;
  readonly after: T;
  /** Whether a link brought what was there before. */
  readonly linked: boolean;
}

/** What of a choice lasts. */
export type Lasts<T> = (choice: Choice<T>) => T;

/** All of it. */
export function chosen<T>({ after }: Choice<T>): T {
  return after;
}

/** Of a list: what was added and taken away is their own, and what a link brought stays the link's. */
export function changedList({ kept, before, after }: Choice<readonly string[]>): readonly string[] {
  const stays = (name: string): boolean => after.includes(name) || !before.includes(name);
  const isNew = (name: string): boolean => !before.includes(name) && !kept.includes(name);
  return [...kept.filter(stays), ...after.filter(isNew)];
}

/** Of what makes sense as a whole only: what is chosen beside a link's lasts as long as that. */
export function unlessLinked<T>({ kept, after, linked }: Choice<T>): T {
  return linked ? kept : after;
}

export interface Storage {
  read(): string | null;
  write(text: string): void;
}

/** A value that lasts. */
export class Lasting<T> {
  readonly #field: UrlField<T>;
  readonly #lasts: Lasts<T>;
  readonly #storage: Storage;
  #value: T;
  #linked = false;

  /** @param inAddress what the address says; undefined for nothing */
  constructor(field: UrlField<T>, lasts: Lasts<T>, storage: Storage, inAddress: string | undefined) {
    this.#field = field;
    this.#lasts = lasts;
    this.#storage = storage;
    this.#value = this.#kept;
    if (inAddress !== undefined) this.linked(field.parse(inAddress));
  }

  get value(): T {
    return this.#value;
  }

  /** The address brought a value. It has what was chosen here as well: what lasts already is no link's. */
  linked(value: T): void {
    this.#value = value;
    this.#linked = this.#textOf(value) !== this.#textOf(this.#kept);
  }

  /** A person chose a value. */
  choose(after: T): void {
    const before = this.#value;
    this.#value = after;
    if (this.#textOf(after) === this.#textOf(before)) return;
    const lasts = this.#lasts({ kept: this.#kept, before, after, linked: this.#linked });
    this.#storage.write(this.#textOf(lasts));
  }

  /** Another tab may have changed it. */
  get #kept(): T {
    const text = this.#storage.read();
    return text === null || text === "" ? this.#field.fallback : this.#field.parse(text);
  }

  #textOf(value: T): string {
    return this.#field.format(value) ?? "";
  }
}
