/**
 * Docstrings' examples as programs. What they leave out is put around them: imports of the names of `tsboard` that they
 * use, and a writer where they speak of `writer`.
 */
import type { PublicApi } from "./public-api.ts";

export interface Example {
  /** The name whose docstring it stands in; numbered where there are several. */
  readonly of: string;
  /** A whole module. */
  readonly program: string;
  /** What it says that it prints: the comment behind each `console.log(…);`. */
  readonly prints: readonly string[];
}

/** As the reference explains it. */
export const WRITER = 'const writer = createFileWriter("runs/example");';

export function examplesOf({ names, kinds }: PublicApi): Example[] {
  const exported = names.filter(({ name }) => !name.includes("."));
  const types = new Map(exported.map(({ name, isType }) => [name, isType]));
  const methods = kinds.map((kind) => ({ ...kind, name: `writer.${kind.name}` }));
  return [...names, ...methods].flatMap(({ name, examples }) =>
    examples.map((code, i) => ({
      of: examples.length > 1 ? `${name} ${i + 1}` : name,
      program: programOf(code, types),
      prints: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text!),
    })),
  );
}

function programOf(code: string, types: ReadonlyMap<string, boolean>): string {
  const usesWriter = /\bwriter\b/.test(code);
  const all = usesWriter ? `${WRITER}\n${code}\nawait writer.close();` : code;
  const used = [...types].filter(([name]) => new RegExp(`(?<![.\\w])${name}\\b`).test(withoutTexts(all)));
  const imports = used.map(([name, isType]) => (isType ? `type ${name}` : name));
  return `import { ${imports.join(", ")} } from "tsboard";\n${all}\n`;
}

/** Names in strings and comments are not used. */
function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\]|\\.)*"|\/\/.*$/gm, '""');
}
