/** How the server says that what it knows of its logs has changed: to connections that listen, and to the terminal. */

/** Told by the server when the loader's status changed. */
export class StatusSignal {
  readonly #listeners = new Set<() => void>();

  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
