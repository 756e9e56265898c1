/** What the default graph's collections hold: the functions that fill and read them. */
import { type CollectionItems, collectionsOf } from "./collections.ts";
import { getDefaultGraph } from "./graph.ts";

/**
 * What the collection of a key holds: of a key of one's own, anything.
 *
 * @example
 * const found: v1.CollectionItem<"variables">[] = v1.getCollection("variables");
 * console.log(found.length); // 0
 */
export type CollectionItem<Key extends string> = Key extends keyof CollectionItems
  ? CollectionItems[Key]
  : unknown;

/**
 * Puts something into a collection of the default graph.
 *
 * @param key one of {@link GraphKeys}, or one's own
 * @example
 * const weights = v1.getVariable("weights", { shape: [784, 500] });
 * v1.addToCollection("losses", v1.l2Regularizer(0.0001)(weights));
 * console.log(v1.getCollection("losses").length); // 1
 */
export function addToCollection<Key extends string>(key: Key, item: CollectionItem<Key>): void {
  collectionsOf(getDefaultGraph()).list(key).push(item);
}

/**
 * Puts something into several collections, each of them once.
 *
 * @example
 * v1.addToCollections(["mine", "yours", "mine"], v1.constant(1));
 * console.log(v1.getCollection("mine").length, v1.getCollection("yours").length); // 1 1
 */
export function addToCollections(keys: readonly string[], item: unknown): void {
  for (const key of new Set(keys)) collectionsOf(getDefaultGraph()).list(key).push(item);
}

/**
 * What is in a collection of the default graph, in the order in which it was added; a copy.
 *
 * @param scope only what has a name that begins with it, a regular expression; default: all
 * @example
 * v1.addToCollection("losses", v1.constant(0.5));
 * v1.addToCollection("losses", v1.constant(0.25));
 * console.log(v1.addN(v1.getCollection("losses")).eval()); // 0.75
 */
export function getCollection<Key extends string>(key: Key, scope?: string): CollectionItem<Key>[] {
  // What is under a known key was added under it, as the type of addToCollection says.
  return collectionsOf(getDefaultGraph()).items(key, scope) as CollectionItem<Key>[];
}

/**
 * The collection itself: what is added to the list is in it.
 *
 * @example
 * v1.getCollectionRef("losses").push(v1.constant(1));
 * console.log(v1.getCollection("losses").length); // 1
 */
export function getCollectionRef<Key extends string>(key: Key): CollectionItem<Key>[] {
  return collectionsOf(getDefaultGraph()).list(key) as CollectionItem<Key>[];
}

/**
 * The keys of all collections that something was put into.
 *
 * @example
 * v1.getVariable("weights", { shape: [2] });
 * console.log(v1.getAllCollectionKeys()); // variables,trainable_variables
 */
export function getAllCollectionKeys(): string[] {
  return collectionsOf(getDefaultGraph()).keys;
}
