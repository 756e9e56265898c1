/** docs/api: the reference, a page a theme, from the declarations and docstrings. */
import { CLIENT, GRAPHS, WRITER } from "./examples.ts";
import type { PublicApi, PublicName, Specifier } from "./public-api.ts";

interface Page {
  readonly title: string;
  readonly file: string;
  /** The source files whose names it has. */
  readonly of?: RegExp;
  readonly namespace?: string;
}

/** Pages of each module in order; what fits nowhere is on the module's first. */
const PAGES: Readonly<Record<Specifier, readonly Page[]>> = {
  tsboard: [
    { title: "Writers", file: "writers.md" },
    { title: "Kinds of summaries", file: "kinds.md", of: /^summary\/kinds\// },
    { title: "Embeddings", file: "embeddings.md", of: /^summary\/(node\/)?projector/ },
    { title: "Training callback", file: "callback.md", of: /^summary\/(node\/)?callback/ },
    { title: "Tracing", file: "tracing.md", of: /^summary\/trace\// },
    { title: "Values", file: "values.md", of: /^summary\/(encoded-image|pixels|nested|tensor-like|wav)\.ts/ },
    { title: "Sinks", file: "sinks.md", of: /^summary\/((memory|stream|http)-)?sink\.ts/ },
    { title: "Errors", file: "errors.md", of: /^summary\/errors\.ts/ },
    { title: "TensorFlow 1", file: "v1.md", namespace: "v1" },
    { title: "TensorFlow 1: layers and losses", file: "v1-nn.md", namespace: "v1.nn" },
    { title: "TensorFlow 1: training", file: "v1-train.md", namespace: "v1.train" },
    { title: "TensorFlow 1: summaries", file: "v1-summary.md", namespace: "v1.summary" },
  ],
  "tsboard/records": [
    { title: "TFRecord files", file: "records.md" },
    { title: "Examples and features", file: "examples.md", of: /^proto\/example\// },
  ],
  "tsboard/server": [{ title: "Server", file: "server.md" }],
  "tsboard/client": [{ title: "Client", file: "client.md" }],
  "tsboard/tfjs": [{ title: "TensorFlow.js", file: "tfjs.md" }],
  "tsboard/proto": [
    { title: "Wire formats", file: "proto.md" },
    { title: "Checkpoints", file: "checkpoints.md", of: /^proto\/checkpoint\// },
  ],
};

const NOTE = "<!-- Made by `npm run docs` from the docstrings; edit those. -->";

/** Every page's text by its file's name. */
export function reference({ modules, kinds }: PublicApi): Map<string, string> {
  const methods = kinds.map((kind) => ({ ...kind, name: `writer.${kind.name}` }));
  const parts = modules.map(({ specifier, names }) =>
    referenceOf(specifier, specifier === "tsboard" ? [...methods, ...names] : names),
  );
  const index = [NOTE, INTRODUCTION, ...parts.map(({ index }) => index)].join("\n\n");
  return new Map([["README.md", `${index}\n`], ...parts.flatMap(({ pages }) => pages)]);
}

/** A module's part of the index, and its pages. */
function referenceOf(specifier: Specifier, names: readonly PublicName[]) {
  const pages = PAGES[specifier].map((page) => ({
    ...page,
    names: names.filter((one) => pageOf(one, PAGES[specifier]) === page).sort(inOrder),
  }));
  const addresses = new Map(
    pages.flatMap(({ file, names }) => anchors(names).map((to, i) => [names[i]!.name, { file, to }])),
  );
  const link = (name: string, from: string) => {
    const { file, to } = addresses.get(name)!;
    return `[\`${name}\`](${file === from ? "" : file}#${to})`;
  };
  const index = pages.map(
    ({ title, file, names }) =>
      `### [${title}](${file})\n\n${names.map(({ name }) => link(name, "README.md")).join(" · ")}`,
  );
  return {
    index: [`## \`import { … } from "${specifier}"\``, ...index].join("\n\n"),
    pages: pages.map(({ title, file, names: own }): [string, string] => {
      const sections = own.map((one) => section(one, names, (name) => link(name, file)));
      return [file, `${[NOTE, `# ${title}`, ...sections].join("\n\n")}\n`];
    }),
  };
}

function pageOf({ name, file }: PublicName, pages: readonly Page[]): Page | undefined {
  // Namespaces in others come after these.
  const ofNamespace = pages.filter(({ namespace }) => namespace && `${name}.`.startsWith(`${namespace}.`));
  return ofNamespace.at(-1) ?? pages.find(({ of }) => of?.test(file)) ?? pages[0];
}

/** Methods of writers first, then by name. */
function inOrder(a: PublicName, b: PublicName): number {
  const rank = ({ name }: PublicName) => (name.startsWith("writer.") ? 0 : 1);
  return rank(a) - rank(b) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
}

/** As GitHub makes them of headings: the second of two that differ in case only gets a number. */
function anchors(names: readonly PublicName[]): string[] {
  const seen = new Map<string, number>();
  return names.map(({ name }) => {
    const plain = name.toLowerCase().replace(/[^\w-]/g, "");
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return times === 0 ? plain : `${plain}-${times}`;
  });
}

const INTRODUCTION = `# Reference

Every kind of summary is a method of every writer, and a function of \`summary\`, which writes to the default writer. The
examples are run by a test; where they speak of \`writer\`, it is

\`\`\`ts
${WRITER.before}
\`\`\`

and where they speak of \`client\`, it comes from

\`\`\`ts
${CLIENT.before}
\`\`\`

and \`graphs\` from

\`\`\`ts
${GRAPHS.before}
\`\`\``;

function section(one: PublicName, names: readonly PublicName[], link: (name: string) => string): string {
  const mentioned = mentionedIn(one, names);
  const linked = (text: string) => withLinks(text, one, names, link);
  const list = (items: readonly string[]) => items.map((item) => `- ${linked(item)}`).join("\n");
  const parts = [
    `## \`${one.name}\``,
    linked(one.text),
    one.declaration && code(one.declaration),
    list([
      ...one.parameters.map(([name, text]) => `\`${name}\`: ${text}`),
      ...(one.returns ? [`returns ${one.returns}`] : []),
      ...one.throws.map(
        (text) => `throws ${text.replace(/^(\w+(, \w+)*)/, (errors) => errors.replace(/\w+Error/g, "`$&`"))}`,
      ),
    ]),
    mentioned.length > 0 ? `See ${mentioned.map(({ name }) => link(name)).join(", ")}.` : "",
    ...one.examples.map(code),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** What a docstring links to leads to where the reference has it, and is code where it has not. */
function withLinks(
  text: string,
  one: PublicName,
  names: readonly PublicName[],
  link: (name: string) => string,
): string {
  return one.links.reduce((text, to) => {
    const known = seenFrom(one.name, to, names);
    const word = new RegExp(`(?<![\`\\w.])${to.replaceAll(".", "\\.")}(?![\`\\w]|\\.\\w)`, "g");
    return text.replace(word, known === undefined || known === one.name ? `\`${to}\`` : link(known));
  }, text);
}

/** Functions of namespaces are left out: parameters and properties are called like them, such as `shape`. */
function mentionedIn(one: PublicName, names: readonly PublicName[]): readonly PublicName[] {
  const declaration = withoutComments(one.declaration);
  return names.filter(({ name, declaration: declared }) => {
    const word = lastPart(name);
    if (name === one.name || declared === "" || /\.[a-z]\w*$/.test(name)) return false;
    return new RegExp(`(?<!\\.)\\b${word}\\b`).test(declaration) && seenFrom(one.name, word, names) === name;
  });
}

/** What a word means where `name` is declared: the innermost namespace around it has it, or the next. */
function seenFrom(name: string, word: string, names: readonly PublicName[]): string | undefined {
  const parts = name.split(".");
  const candidates = parts.map((_, i) => [...parts.slice(0, -1 - i), word].join("."));
  return candidates.find((candidate) => names.some((one) => one.name === candidate));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function withoutComments(declaration: string): string {
  return declaration.replace(/\/\*.*?\*\//gs, "");
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
