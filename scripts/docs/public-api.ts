/**
 * Every public name with its declaration and docstring, as TypeScript itself sees them. For the reference in docs/api
 * and for the test that runs every example.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Node, SourceFile } from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";
import { API, type Checker, type Symbol as Name, type Project, SymbolFlags } from "typescript/unstable/sync";
import { asMethod, declarationOf } from "./declarations.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface PublicName {
  /** Of what is in a namespace with the namespace's, as `v1.nn.relu`. */
  readonly name: string;
  /** Whether it is a type only, so that imports must say so. */
  readonly isType: boolean;
  /** How it is declared, without bodies and private parts; empty for a namespace. */
  readonly declaration: string;
  /** The docstring's text before its tags. */
  readonly text: string;
  /** Names that the docstring links to. */
  readonly links: readonly string[];
  /** Name and description of each parameter that is described. */
  readonly parameters: readonly (readonly [string, string])[];
  readonly returns: string;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
  /** Below the root, with `/`. */
  readonly file: string;
}

export interface PublicModule {
  /** As in `import … from "tsboard/records"`. */
  readonly specifier: Specifier;
  readonly names: readonly PublicName[];
}

export interface PublicApi {
  readonly modules: readonly PublicModule[];
  /** The kinds of summaries, which are methods of writers: without their recorders. */
  readonly kinds: readonly PublicName[];
}

export type Specifier = keyof typeof MODULES;

/** Exports the one namespace that is generated, and says what it is. */
const CODEC = "proto/codec.ts";

/** What the package exports, and from where. */
const MODULES = {
  tsboard: "summary/index.ts",
  "tsboard/records": "records/index.ts",
  "tsboard/server": "server/index.ts",
  "tsboard/client": "client/index.ts",
  "tsboard/proto": "proto/index.ts",
  "tsboard/tfjs": "tfjs/index.ts",
} as const;

/** Reads the sources. */
export function publicApi(): PublicApi {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [path.join(root, "tsconfig.build.json")] });
    const project = snapshot.getProjects()[0];
    if (project === undefined) throw new Error("tsconfig.build.json is no project");
    const modules = Object.entries(MODULES) as [Specifier, string][];
    return {
      modules: modules.map(([specifier, file]) => ({ specifier, names: namesOf(project, file) })),
      kinds: namesOf(project, "summary/kinds/index.ts")
        .filter(({ isType }) => !isType)
        .map((kind) => ({ ...kind, declaration: asMethod(kind.declaration) })),
    };
  } finally {
    api.close();
  }
}

/** What a module exports; `prefix` goes before every name. */
function namesOf(project: Project, file: string, prefix = ""): PublicName[] {
  const { checker } = project;
  const module = checker.getSymbolAtLocation(sourceFile(project, file));
  if (module === undefined) throw new Error(`${file} is no module of the project`);
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const nodes = symbol.declarations.flatMap((declaration) => declaration.resolve(project) ?? []);
    const name = `${prefix}${exported.name}`;
    if (nodes.some(is.isModuleDeclaration)) return [describeModule(name, sourceFile(project, CODEC))];
    const module = nodes.find(is.isSourceFile);
    return module
      ? [describeModule(name, module), ...namesOf(project, fileOf(module), `${name}.`)]
      : [describe(name, symbol, nodes, checker)];
  });
}

function sourceFile({ program }: Project, file: string): SourceFile {
  const source = program.getSourceFile(path.join(root, file));
  if (source === undefined) throw new Error(`${file} is no module of the project`);
  return source;
}

function describe(name: string, symbol: Name, nodes: readonly Node[], checker: Checker): PublicName {
  const tag = tagsOf(symbol, checker);
  const examples = symbol.getJsDocTags(checker).filter(({ name }) => name === "example");
  return {
    name,
    isType: (symbol.flags & SymbolFlags.Value) === 0,
    declaration: declarationOf(nodes, name),
    text: prose(symbol.getDocumentationComment(checker)),
    links: linksIn(nodes),
    parameters: tag("param").map(splitName),
    returns: tag("returns").join(" "),
    throws: tag("throws"),
    examples: examples.map(({ text = "" }) => text),
    file: fileOf(nodes[0]!.getSourceFile()),
  };
}

/** `export * as name`: what the module's first comment says of it. */
function describeModule(name: string, module: SourceFile): PublicName {
  const comment = /^\/\*\*(.*?)\*\//s.exec(module.text)?.[1]?.replace(/^ *\* ?/gm, "") ?? "";
  const [text = "", ...examples] = comment.split("@example");
  return {
    name,
    isType: false,
    declaration: "",
    text: prose(text.trim()),
    links: [...text.matchAll(LINK)].map(([, to]) => to!),
    parameters: [],
    returns: "",
    throws: [],
    examples: examples.map((example) => example.trim()),
    file: fileOf(module),
  };
}

function fileOf(module: SourceFile): string {
  return path.relative(root, module.fileName).replaceAll(path.sep, "/");
}

function tagsOf(symbol: Name, checker: Checker): (wanted: string) => string[] {
  const tags = symbol.getJsDocTags(checker);
  return (wanted) => tags.filter(({ name }) => name === wanted).map(({ text = "" }) => prose(text));
}

const LINK = /\{@link ([^}]+)\}/g;

/** Links as plain words, as TypeScript gives some, and lines joined: a docstring's end where the source's do. */
function prose(text: string): string {
  return text
    .replace(LINK, "$1")
    .replace(/([^\n])\n(?![\n\s*-])/g, "$1 ")
    .trim();
}

/** What docstrings link to: TypeScript gives their text with plain words in place of links. */
function linksIn(nodes: readonly Node[]): string[] {
  const comments = nodes.map((node) => {
    const before = node.getSourceFile().text.slice(0, node.getStart());
    return /\/\*\*((?!\*\/).)*\*\/\s*(\w+ )*$/s.exec(before.slice(before.lastIndexOf("/**")))?.[0] ?? "";
  });
  return [...comments.join("\n").matchAll(LINK)].map(([, to]) => to!);
}

function splitName(text: string): readonly [string, string] {
  const [name = "", ...description] = text.split(" ");
  return [name, description.join(" ")];
}
