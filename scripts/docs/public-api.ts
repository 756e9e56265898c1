/**
 * Every public name of `tsboard` with its declaration and docstring, as TypeScript itself sees them. For the reference
 * in docs/api and for the test that runs every example.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type {
  ConstructorDeclaration,
  FunctionDeclaration,
  MethodDeclaration,
  Node,
} from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";
import { API, type Checker, type Symbol as Name, type Project, SymbolFlags } from "typescript/unstable/sync";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface PublicName {
  readonly name: string;
  /** Whether it is a type only, so that imports must say so. */
  readonly isType: boolean;
  /** How it is declared, without bodies and private parts. */
  readonly declaration: string;
  /** The docstring's text before its tags. */
  readonly text: string;
  /** Name and description of each parameter that is described. */
  readonly parameters: readonly (readonly [string, string])[];
  readonly returns: string;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
  /** Below the root, with `/`. */
  readonly file: string;
}

export interface PublicApi {
  /** What `import … from "tsboard"` gives. */
  readonly names: readonly PublicName[];
  /** The kinds of summaries, which are methods of writers: without their recorders. */
  readonly kinds: readonly PublicName[];
}

/** Reads the sources. */
export function publicApi(): PublicApi {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [path.join(root, "tsconfig.build.json")] });
    const project = snapshot.getProjects()[0];
    if (project === undefined) throw new Error("tsconfig.build.json is no project");
    return {
      names: namesOf(project, "summary/index.ts"),
      kinds: namesOf(project, "summary/kinds/index.ts")
        .filter(({ isType }) => !isType)
        .map((kind) => ({ ...kind, declaration: asMethod(kind.declaration) })),
    };
  } finally {
    api.close();
  }
}

function namesOf(project: Project, file: string): PublicName[] {
  const { checker, program } = project;
  const source = program.getSourceFile(path.join(root, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module of the project`);
  return checker.getExportsOfModule(module).map((name) => describe(name, project));
}

function describe(exported: Name, project: Project): PublicName {
  const { checker } = project;
  const symbol = exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const node = symbol.declarations[0]?.resolve(project);
  if (node === undefined) throw new Error(`${exported.name} is declared nowhere`);
  const tag = tagsOf(symbol, checker);
  return {
    name: exported.name,
    isType: (symbol.flags & SymbolFlags.Value) === 0,
    declaration: declarationOf(node),
    text: prose(symbol.getDocumentationComment(checker)),
    parameters: tag("param").map(splitName),
    returns: tag("returns").join(" "),
    throws: tag("throws"),
    examples: symbol
      .getJsDocTags(checker)
      .filter(({ name }) => name === "example")
      .map(({ text = "" }) => text),
    file: path.relative(root, node.getSourceFile().fileName).replaceAll(path.sep, "/"),
  };
}

function tagsOf(symbol: Name, checker: Checker): (wanted: string) => string[] {
  const tags = symbol.getJsDocTags(checker);
  return (wanted) => tags.filter(({ name }) => name === wanted).map(({ text = "" }) => prose(text));
}

/** Links as code, and lines joined: a docstring's lines end where the source's do. */
function prose(text: string): string {
  return text
    .replace(/\{@link ([^}]+)\}/g, "`$1`")
    .replace(/([^\n])\n(?![\n\s*-])/g, "$1 ")
    .trim();
}

function splitName(text: string): readonly [string, string] {
  const [name = "", ...description] = text.split(" ");
  return [name, description.join(" ")];
}

/** The source without bodies; of a class what is public. */
function declarationOf(node: Node): string {
  if (is.isFunctionDeclaration(node)) return `function ${signatureOf(node)}`;
  if (is.isVariableDeclaration(node)) return `const ${node.name.getText()}: ${node.type?.getText()}`;
  if (!is.isClassDeclaration(node)) return node.getText().replace(/^export /, "");
  const head = node.getSourceFile().text.slice(node.getStart(), node.members.pos);
  const members = node.members.filter((member) => !/^(private|override)\b/.test(member.getText()));
  const own = head.trim().replace(/^export /, "");
  return members.length > 0 ? [own, ...members.map(memberOf), "}"].join("\n") : `${own}}`;
}

function memberOf(member: Node): string {
  const start = member.getStart(undefined, true);
  const comment = member.getSourceFile().text.slice(start, member.getStart());
  const isCallable = is.isMethodDeclaration(member) || is.isConstructorDeclaration(member);
  return `  ${comment}${isCallable ? `${signatureOf(member)};` : member.getText()}`;
}

type Callable = FunctionDeclaration | MethodDeclaration | ConstructorDeclaration;

/** Name, parameters and result. What has a default value may be left out. */
function signatureOf(node: Callable): string {
  const name = is.isConstructorDeclaration(node) ? "constructor" : node.name?.getText();
  const parameters = node.parameters.map((one) => {
    const isOptional = one.questionToken !== undefined || one.initializer !== undefined;
    const type = one.type?.getText() ?? typeof JSON.parse(one.initializer?.getText() ?? "null");
    return `${one.name.getText()}${isOptional ? "?" : ""}: ${type}`;
  });
  const generics = node.typeParameters?.map((one) => one.getText()).join(", ");
  const result = node.type ? `: ${node.type.getText()}` : "";
  return `${name}${generics ? `<${generics}>` : ""}(${parameters.join(", ")})${result}`;
}

/** `function scalar(recorder: Recorder, tag: string)` as `writer.scalar(tag: string)`. */
function asMethod(declaration: string): string {
  return declaration.replace(/^function (\w+)\(recorder: Recorder, /, "writer.$1(");
}
