/** Operations of an OpenAPI document, made from what routes say of themselves. */
import { type Field, type Fields, schemaOf } from "../fields.ts";
import { FORMS, type Form } from "../forms.ts";
import type { Schema } from "../schema.ts";

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

interface Header {
  readonly description: string;
  readonly schema: Schema;
}

export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  /** By media type. */
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: true;
    readonly description?: string;
    readonly content: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

export type PathItem = Partial<Record<"get" | "post", Operation>>;

/** An answer in words. */
const inWords = (description: string): Answer => ({
  description,
  content: { "text/plain": { schema: { type: "string" } } },
});

export const failures = {
  400: inWords("Something in the request does not fit: which, in words."),
  403: inWords("The request is not addressed to a name of this server."),
  404: inWords("What was asked for is not there (any more)."),
  406: inWords("The header Accept allows none of the forms that the answer comes in."),
  500: inWords("The file that it stands in cannot be read: why, in words."),
  413: inWords("The request, or what it asks for, is too large."),
} as const;

/** @param name of operations; POST's has `post` before it */
export interface Query<Q> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly fields: Fields<Q>;
  /** Schema of the answer in JSON. */
  readonly answer: Schema;
  /** How the answer looks in the other forms that it comes in. */
  readonly forms: Readonly<Partial<Record<Exclude<Form, "json">, string>>>;
  readonly failures?: readonly (keyof typeof failures)[];
}

/** A query as GET and as POST. */
export function queryPath<Q>(query: Query<Q>): PathItem {
  const { name, summary, description, fields, failures: others = [] } = query;
  const entries = Object.entries<Field<unknown>>(fields);
  const names = ["json" as const, ...Object.keys(query.forms).filter(isForm)];
  const format: Parameter = {
    name: "format",
    in: "query",
    required: false,
    description: "Form of the answer, instead of the header Accept.",
    schema: { type: "string", enum: names },
  };
  const forms = Object.entries(query.forms).map(([form, words]) => `${form}: ${words}`);
  const statuses: readonly (keyof typeof failures)[] = [400, 403, 406, ...others];
  const shared = {
    summary,
    description: [description, ...forms].join("\n\n"),
    responses: {
      200: answerOf(query.answer, names),
      ...Object.fromEntries(statuses.map((status) => [status, failures[status]])),
    },
  };
  return {
    get: { operationId: name, ...shared, parameters: [...entries.map(parameterOf), format] },
    post: {
      operationId: postName(name),
      ...shared,
      parameters: [format],
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(fields) } } },
    },
  };
}

/** A query whose answer has a form of its own. */
export interface OwnAnswer<Q> {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly fields: Fields<Q>;
  readonly answer: Answer;
}

/** Such a query by GET. */
export function plainQuery<Q>({ name, fields, answer, ...words }: OwnAnswer<Q>): Operation {
  const statuses = [400, 403] as const;
  return {
    operationId: name,
    ...words,
    parameters: Object.entries<Field<unknown>>(fields).map(parameterOf),
    responses: {
      200: answer,
      ...Object.fromEntries(statuses.map((status) => [status, failures[status]])),
      500: failures[500],
    },
  };
}

/** The same by POST as well. */
export function plainQueryPath<Q>(query: OwnAnswer<Q>): PathItem {
  const get = plainQuery(query);
  const { parameters: _inAddress, ...shared } = get;
  return {
    get,
    post: {
      ...shared,
      operationId: postName(query.name),
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(query.fields) } } },
    },
  };
}

function postName(name: string): string {
  return `post${name[0]!.toUpperCase()}${name.slice(1)}`;
}

function answerOf(schema: Schema, forms: readonly Form[]): Answer {
  const content = forms.map((form) => {
    if (form === "json") return [FORMS.json, { schema }];
    return [FORMS[form], form === "csv" ? { schema: { type: "string" } } : {}];
  });
  return { description: "The answer.", content: Object.fromEntries(content) };
}

function parameterOf([name, { schema, required, parameter = name }]: [string, Field<unknown>]): Parameter {
  const { description, ...rest } = schema;
  return { name: parameter, in: "query", required, ...(description && { description }), schema: rest };
}

function isForm(name: string): name is Exclude<Form, "json"> {
  return name === "arrow" || name === "csv";
}
