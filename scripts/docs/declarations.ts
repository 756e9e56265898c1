/** How public names are declared: the source without bodies and private parts. */
import type {
  ConstructorDeclaration,
  FunctionDeclaration,
  GetAccessorDeclaration,
  MethodDeclaration,
  Node,
  VariableDeclaration,
} from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";

/** The declaration of what has these nodes: several for a function with overloads. */
export function declarationOf(nodes: readonly Node[], name: string): string {
  return declared(nodes, name).replace(/\{@link ([^}]+)\}/g, "`$1`");
}

function declared(nodes: readonly Node[], name: string): string {
  const functions = nodes.filter(is.isFunctionDeclaration);
  const overloads = functions.filter(({ body }) => body === undefined);
  if (overloads.length > 0) return overloads.map((one) => functionOf(one, name)).join("\n");
  const [node] = nodes;
  if (node === undefined) throw new Error(`${name} is declared nowhere`);
  if (is.isFunctionDeclaration(node)) return functionOf(node, name);
  if (is.isVariableDeclaration(node)) return constOf(node);
  return is.isClassDeclaration(node) ? classOf(node) : node.getText().replace(/^export /, "");
}

/** `function scalar(recorder: (?:Scalar)?Recorder, tag: string)` as `writer.scalar(tag: string)`. */
export function asMethod(declaration: string): string {
  return declaration.replace(/^function (\w+)\(recorder: (?:Scalar)?Recorder, /, "writer.$1(");
}

/** What is in a namespace is called by its whole name. */
function functionOf(node: FunctionDeclaration, name: string): string {
  const signature = signatureOf(node);
  return name.includes(".") ? name + signature.slice(node.name?.getText().length) : `function ${signature}`;
}

function constOf(node: VariableDeclaration): string {
  const name = node.name.getText();
  if (node.type) return `const ${name}: ${node.type.getText()}`;
  const functions = functionsOf(node.initializer);
  if (functions.length > 0) return [`const ${name}: {`, ...functions, "}"].join("\n");
  return `const ${name} = ${node.initializer?.getText()}`;
}

/** Those of an object: `bool: (b: boolean): AttrValue => …` as `bool(b: boolean): AttrValue`. */
function functionsOf(object: Node | undefined): string[] {
  if (object === undefined || !is.isObjectLiteralExpression(object)) return [];
  return object.properties.flatMap((property) => {
    if (!is.isPropertyAssignment(property) || !is.isArrowFunction(property.initializer)) return [];
    const arrow = property.initializer;
    const length = arrow.equalsGreaterThanToken.getStart() - arrow.getStart();
    return `  ${property.name.getText()}${arrow.getText().slice(0, length).trim()};`;
  });
}

/** What is public of it. */
function classOf(node: Node): string {
  if (!is.isClassDeclaration(node)) throw new Error("no class");
  const head = node.getSourceFile().text.slice(node.getStart(), node.members.pos);
  const members = node.members.filter(
    (member) => !/^(private|(protected )?override)\b/.test(member.getText()),
  );
  const own = head.trim().replace(/^export /, "");
  return members.length > 0 ? [own, ...members.map(memberOf), "}"].join("\n") : `${own}}`;
}

function memberOf(member: Node): string {
  const start = member.getStart(undefined, true);
  const comment = member.getSourceFile().text.slice(start, member.getStart());
  return `  ${comment}${signatureOfMember(member)}`;
}

function signatureOfMember(member: Node): string {
  if (is.isGetAccessorDeclaration(member)) return `readonly ${getterOf(member)};`;
  if (!is.isMethodDeclaration(member) && !is.isConstructorDeclaration(member)) return member.getText();
  const modifiers = /^(?:(?:protected|abstract) )*/.exec(member.getText())?.[0];
  return `${modifiers}${signatureOf(member)};`;
}

function getterOf(node: GetAccessorDeclaration): string {
  return `${node.name.getText()}: ${node.type?.getText()}`;
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
