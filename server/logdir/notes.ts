/** What is said of paths in a log directory: what is wrong with them, and where links lead. */
import path from "node:path";
import { getOrInsert } from "../util/get-or-insert.ts";

export class Notes {
  readonly problems = new Map<string, string>();
  /** Where links lead that are not entered. */
  readonly aliases = new Map<string, string>();
  /** Where links lead, or would, and through what. */
  readonly #links = new Map<string, Set<string>>();
  /** The same of links that are being looked at again: what changes meanwhile concerns them still. */
  readonly #before = new Map<string, Set<string>>();
  readonly #all = [this.problems, this.aliases, this.#links];
  /** Of what something was said in this look. */
  readonly #fresh = new Set<string>();

  problem(file: string, message: string): void {
    this.problems.set(file, message);
    this.#fresh.add(file);
  }

  alias(link: string, target: string): void {
    this.aliases.set(link, target);
    this.#fresh.add(link);
  }

  link(link: string, place: string): void {
    getOrInsert(this.#links, link, () => new Set<string>()).add(place);
    this.#fresh.add(link);
  }

  get knowsLinks(): boolean {
    return this.#links.size + this.#before.size > 0;
  }

  /** Links that lead to a place, through it or to something below it; `place` is free of links. */
  linksTo(place: string): string[] {
    const below = place + path.sep;
    const leads = ([, places]: [string, Set<string>]): boolean =>
      [...places].some((one) => one === place || one.startsWith(below));
    return [...this.#links, ...this.#before].filter(leads).map(([link]) => link);
  }

  /** Whether any link is known that is a path or below it. */
  hasLinks(file: string): boolean {
    const below = file + path.sep;
    for (const link of this.#links.keys()) if (link === file || link.startsWith(below)) return true;
    return false;
  }

  /** Whether anything is said of a path. */
  has(file: string): boolean {
    return this.#all.some((notes) => notes.has(file));
  }

  /** A look begins: all that is said so far is of before. */
  look(): void {
    this.#fresh.clear();
    this.#before.clear();
  }

  /** Forgets what is said of a path and all below it. */
  forget(file: string): void {
    const below = file + path.sep;
    this.#forget((key) => key === file || key.startsWith(below));
  }

  /** Forgets what is said of a folder that is gone, and all below it; not of what was just seen in its place. */
  forgetFolder(directory: string): void {
    const below = directory + path.sep;
    const isThere = this.#fresh.has(directory);
    this.#forget((key) => (key === directory && !isThere) || key.startsWith(below));
  }

  /** Forgets what is said of the entries of a directory, but for those to keep. */
  forgetEntries(directory: string, kept: ReadonlySet<string>): void {
    this.#forget((key) => path.dirname(key) === directory && !kept.has(path.basename(key)));
  }

  #forget(concerns: (key: string) => boolean): void {
    for (const [link, places] of this.#links) if (concerns(link)) this.#before.set(link, places);
    for (const notes of this.#all) for (const key of notes.keys()) if (concerns(key)) notes.delete(key);
  }
}
