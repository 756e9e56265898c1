/** What people are told after an export, each thing once with how often it happened. */

export class Notes {
  readonly #counts = new Map<string, number>();

  add(message: string): void {
    this.#counts.set(message, (this.#counts.get(message) ?? 0) + 1);
  }

  get lines(): string[] {
    return [...this.#counts].map(([message, count]) => (count > 1 ? `${message} (${count} times)` : message));
  }
}
