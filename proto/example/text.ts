/** Text and the bytes of `string` features, which are UTF-8 where they are text at all. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8 bytes of a text. */
export function fromText(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * The text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD.
 *
 * @example
 * const { name } = parseExample(encodeExample({ name: "naïve" }), { name: fixedLenFeature([], "string") });
 * console.log(name.data.map(toText).join()); // naïve
 */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
