/** docs/api: the reference of `tsboard`, a page a theme, from the declarations and docstrings. */
import { WRITER } from "./examples.ts";
import type { PublicApi, PublicName } from "./public-api.ts";

/** Pages in order, and the source files or namespace whose names each has; what fits nowhere is on the first. */
const PAGES = [
  { title: "Writers", file: "writers.md" },
  { title: "Kinds of summaries", file: "kinds.md", of: /^summary\/kinds\// },
  { title: "Embeddings", file: "embeddings.md", of: /^summary\/(node\/)?projector/ },
  { title: "Training callback", file: "callback.md", of: /^summary\/(node\/)?callback/ },
  { title: "Values", file: "values.md", of: /^summary\/(encoded-image|pixels|tensor-like|wav)\.ts/ },
  { title: "Sinks", file: "sinks.md", of: /^summary\/((memory|stream|http)-)?sink\.ts/ },
  { title: "Errors", file: "errors.md", of: /^summary\/errors\.ts/ },
  { title: "TensorFlow 1", file: "v1.md", namespace: "v1" },
  { title: "TensorFlow 1: layers and losses", file: "v1-nn.md", namespace: "v1.nn" },
  { title: "TensorFlow 1: training", file: "v1-train.md", namespace: "v1.train" },
  { title: "TensorFlow 1: summaries", file: "v1-summary.md", namespace: "v1.summary" },
] as const;

const NOTE = "<!-- Made by `npm run docs` from the docstrings; edit those. -->";

/** Every page's text by its file's name. */
export function reference(api: PublicApi): Map<string, string> {
  const methods = api.kinds.map((kind) => ({ ...kind, name: `writer.${kind.name}` })).sort(byName);
  const all = [...methods, ...[...api.names].sort(byName)];
  const pages = PAGES.map(({ title, file }) => ({
    title,
    file,
    names: all.filter((one) => fileOf(one) === file),
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
      `## [${title}](${file})\n\n${names.map(({ name }) => link(name, "README.md")).join(" · ")}`,
  );
  const texts = pages.map(({ title, file, names }): [string, string] => {
    const sections = names.map((one) => section(one, api, (name) => link(name, file)));
    return [file, `${[NOTE, `# ${title}`, ...sections].join("\n\n")}\n`];
  });
  return new Map([["README.md", `${[NOTE, INTRODUCTION, ...index].join("\n\n")}\n`], ...texts]);
}

function fileOf({ name, file }: PublicName): string {
  const isIn = (namespace: string) => `${name}.`.startsWith(`${namespace}.`);
  // Namespaces in others come after these.
  const ofNamespace = PAGES.filter((page) => "namespace" in page && isIn(page.namespace)).at(-1);
  const page = ofNamespace ?? PAGES.find((page) => "of" in page && page.of.test(file));
  return (page ?? PAGES[0]).file;
}

function byName(a: PublicName, b: PublicName): number {
  return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
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

All names come from \`import { … } from "tsboard"\`. Every kind of summary is a method of every writer, and a function of
\`summary\`, which writes to the default writer. The examples are run by a test; where they speak of \`writer\`, it is

\`\`\`ts
${WRITER}
\`\`\``;

function section(one: PublicName, { names }: PublicApi, link: (name: string) => string): string {
  const mentioned = mentionedIn(one, names);
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  const parts = [
    `## \`${one.name}\``,
    one.text,
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
