/** Errors of a call name the kind and the tag that it was for, whatever in it was wrong: a training has many of both. */

/** Kinds whose first argument is a tag, by their methods, as an error names them. */
const TAGGED: ReadonlyMap<string, string> = new Map([
  ["audio", "audio"],
  ["histogram", "histogram"],
  ["image", "image"],
  ["mesh", "mesh"],
  ["prCurve", "PR curve"],
  ["runMetadata", "run metadata"],
  ["scalar", "scalar"],
  ["tensor", "tensor"],
  ["text", "text"],
]);

/** The same function, whose errors say the tag unless they do already. */
export function namingErrors<Args extends readonly unknown[], Result>(
  method: string,
  write: (...args: Args) => Result,
): (...args: Args) => Result {
  const kind = TAGGED.get(method);
  if (kind === undefined) return write;
  return (...args) => {
    try {
      return write(...args);
    } catch (error) {
      const [tag] = args;
      if (error instanceof Error && typeof tag === "string" && tag !== "") name(error, kind, tag);
      throw error;
    }
  };
}

function name(error: Error, kind: string, tag: string): void {
  const { message, stack } = error;
  if (message.includes(`"${tag}"`)) return;
  error.message = `${kind} "${tag}": ${message}`;
  if (stack?.includes(message)) error.stack = stack.replace(message, () => error.message);
}
