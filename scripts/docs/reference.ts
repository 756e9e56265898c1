/** docs/api: the reference of `tsboard`, a page a theme, from the declarations and docstrings. */
import { WRITER } from "./examples.ts";
import type { PublicApi, PublicName } from "./public-api.ts";

/** Pages in order, and the source files whose names each has; what fits nowhere is on the first. */
const PAGES = [
  { title: "Writers", file: "writers.md" },
  { title: "Kinds of summaries", file: "kinds.md", of: /^summary\/kinds\// },
  { title: "Embeddings", file: "embeddings.md", of: /^summary\/(node\/)?projector/ },
  { title: "Values", file: "values.md", of: /^summary\/(encoded-image|pixels|tensor-like|wav)\.ts/ },
  { title: "Sinks", file: "sinks.md", of: /^summary\/((memory|stream|http)-)?sink\.ts/ },
  { title: "Errors", file: "errors.md", of: /^summary\/errors\.ts/ },
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

function fileOf(one: PublicName): string {
  return PAGES.find((page) => "of" in page && page.of.test(one.file))?.file ?? PAGES[0].file;
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
  const mentioned = names.filter(
    ({ name }) => name !== one.name && new RegExp(`\\b${name}\\b`).test(withoutComments(one.declaration)),
  );
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  const parts = [
    `## \`${one.name}\``,
    one.text,
    code(one.declaration),
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

function withoutComments(declaration: string): string {
  return declaration.replace(/\/\*.*?\*\//gs, "");
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
