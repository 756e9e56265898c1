/**
 * Docstrings' examples as programs. What they leave out is put around them: imports of the public names that they use, a
 * writer where they speak of `writer`, a server of a few runs with a client where they speak of `client`, and one of a
 * run's graph where they speak of `graphs`.
 */
import type { PublicApi, PublicModule, Specifier } from "./public-api.ts";

export interface Example {
  /** The name whose docstring it stands in; numbered where there are several. */
  readonly of: string;
  /** A whole module. */
  readonly program: string;
  /** What it says that it prints: the comment behind each `console.log(…);`. */
  readonly prints: readonly string[];
}

/** Put around an example that speaks of `name`. */
interface Surroundings {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** As the reference explains them. */
export const WRITER: Surroundings = {
  name: "writer",
  before: 'const writer = createFileWriter("runs/example");',
  after: "await writer.close();",
};
export const CLIENT: Surroundings = {
  name: "client",
  before: `for (const rate of [0.1, 0.2]) {
  const log = createFileWriter(\`runs/rate-\${rate}\`);
  for (let step = 0; step < 100; step++) log.scalar("loss", Math.exp(-rate * step), { step });
  log.histogram("weights", [1, 2, 2, 3], { step: 99 });
  log.text("note", "all is well", { step: 99 });
  await log.close();
}
await projector("runs/rate-0.1", "words", [[0, 1], [1, 0], [1, 1]], { metadata: ["tea", "cat", "dog"] });
const server = await startServer({ logdir: "runs", port: 0, indexCache: null });
await server.loaded;
const client = connect(server.url);`,
  after: "await server.close();",
};

export const GRAPHS: Surroundings = {
  name: "graphs",
  before: `const log = createFileWriter("runs/net");
log.graph({
  node: [
    { name: "x", op: "Placeholder" },
    { name: "layer/w", op: "VariableV2" },
    { name: "layer/MatMul", op: "MatMul", input: ["x", "layer/w"] },
  ],
});
for (const step of [1, 2]) {
  const nodeStats = [{ nodeName: "layer/MatMul", allStartMicros: 5, allEndRelMicros: 40 / step }];
  log.runMetadata(\`step \${step}\`, { stepStats: { devStats: [{ device: "/device:CPU:0", nodeStats }] } }, { step });
}
await log.close();
const server = await startServer({ logdir: "runs", port: 0, indexCache: null });
await server.loaded;
const { graphs } = connect(server.url);`,
  after: "await server.close();",
};

export function examplesOf({ modules, kinds }: PublicApi): Example[] {
  const imports = new Imports(modules);
  const methods = kinds.map((kind) => ({ ...kind, name: `writer.${kind.name}` }));
  return modules.flatMap(({ specifier, names }) =>
    (specifier === "tsboard" ? [...names, ...methods] : names).flatMap((one) =>
      one.examples.map((code, i) => ({
        of: `${specifier} ${one.name}${one.examples.length > 1 ? ` ${i + 1}` : ""}`,
        program: programOf(code, specifier, imports),
        prints: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text!),
      })),
    ),
  );
}

function programOf(code: string, home: Specifier, imports: Imports): string {
  const around = [WRITER, CLIENT, GRAPHS].filter(({ name }) => uses(code, name));
  const before = around.map(({ before }) => before);
  const after = around.map(({ after }) => after);
  const all = [...before, code, ...after].join("\n");
  return `${imports.of(all, home)}\n${all}\n`;
}

/** Which public names stand where. */
class Imports {
  readonly #modules: readonly PublicModule[];

  constructor(modules: readonly PublicModule[]) {
    this.#modules = modules.map(({ specifier, names }) => ({
      specifier,
      names: names.filter(({ name }) => !name.includes(".")),
    }));
  }

  /** The imports that `code` needs. A name that several modules export is that of `home`, or of the first. */
  of(code: string, home: Specifier): string {
    const known = new Set<string>();
    const homeFirst = [...this.#modules].sort(
      (a, b) => Number(b.specifier === home) - Number(a.specifier === home),
    );
    const lines = homeFirst.flatMap(({ specifier, names }) => {
      const used = names.filter(({ name }) => !known.has(name) && uses(code, name));
      for (const { name } of used) known.add(name);
      const list = used.map(({ name, isType }) => (isType ? `type ${name}` : name)).join(", ");
      return list === "" ? [] : [`import { ${list} } from "${specifier}";`];
    });
    return lines.join("\n");
  }
}

/** Names in strings and comments are not used, nor are properties and names that the code declares itself. */
function uses(code: string, name: string): boolean {
  const text = withoutTexts(code);
  return (
    new RegExp(`(?<!\\w|(?<!\\.\\.)\\.)${name}\\b(?!:)`).test(text) &&
    !new RegExp(`\\b(const|let|function) ${name}\\b`).test(text)
  );
}

function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\]|\\.)*"|\/\/.*$/gm, '""');
}
