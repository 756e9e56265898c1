/** Makes up questions: to each route with the parameters that it has, with values that are right, nearly right or absurd. */
import type { Catalog } from "../../server/api/types.ts";
import { oneOf, type Random } from "../tools/random.ts";
import { savedAnswers } from "../tools/stock-answers.ts";
import { ODD_NAMES } from "./awkward-logs.ts";

export interface Question {
  readonly method: string;
  /** With its query, escaped as far as HTTP needs it. */
  readonly path: string;
  /** The path of the route alone. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What is asked somewhere: parameters of the query, or fields of a form or of JSON. */
interface Route {
  readonly path: string;
  readonly names: readonly string[];
  /** Names with values that once were asked for. */
  readonly examples: readonly (readonly (readonly [string, string])[])[];
  readonly body: "json" | "form" | null;
}

/** As far as it is looked at here. */
interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly { readonly name?: string; readonly $ref?: string }[];
            readonly requestBody?: unknown;
          }
        >
      >
    >
  >;
}

/** Answers of this one never end. */
const STREAM = "/api/v1/events";
const BLOBS = "/api/v1/blobs";
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

export class QuestionMaker {
  readonly #routes: readonly Route[];
  readonly #names: readonly string[];
  readonly #keys: readonly string[];

  /**
   * @param description of the native face. Stock's routes and their parameters are known from what stock was asked.
   * @param keys of values that there are
   */
  constructor(description: OpenApi, { runs, tags }: Catalog, keys: readonly string[]) {
    this.#keys = keys;
    this.#routes = [...nativeRoutes(description), ...compatibleRoutes()];
    const few = <T>(all: readonly T[]) => all.filter((_, i) => i < 200);
    this.#names = [
      ...few(runs).map(({ name }) => name),
      ...few(tags).map(({ tag }) => tag),
      "t",
      "loss",
      ...ODD_NAMES,
    ];
  }

  make(random: Random): Question {
    const route = oneOf(random, this.#routes);
    const fields = this.#fields(route, random);
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(this.#value(name, random)));
    const accept = oneOf(random, [
      "*/*",
      JSON_TYPE,
      "text/csv",
      "application/vnd.apache.arrow.stream",
      "image/png",
      "??",
    ]);
    const headers = { Accept: accept };
    if (route.body !== null && random(2) === 0) {
      const json = route.body === "json";
      const body =
        random(20) === 0
          ? oneOf(random, ["", "{", "[]", "null", "x".repeat(100_000)])
          : json
            ? route.path === BLOBS && random(4) > 0
              ? this.#blobs(random)
              : jsonOf(fields, random)
            : query(fields);
      return {
        method: "POST",
        path,
        route: route.path,
        headers: { ...headers, "Content-Type": json ? JSON_TYPE : FORM_TYPE },
        body,
      };
    }
    const method = oneOf(random, [
      "GET",
      "GET",
      "GET",
      "GET",
      "GET",
      "GET",
      "HEAD",
      "POST",
      "PUT",
      "OPTIONS",
    ]);
    // Longer request lines are refused by Node itself.
    const asked = `${path}?${query(fields)}`.slice(0, 15_000);
    return { method, path: random(50) === 0 ? `${asked}&%zz=%` : asked, route: route.path, headers };
  }

  #fields({ names, examples }: Route, random: Random): [string, string][] {
    const fields: [string, string][] = [];
    if (examples.length > 0 && random(3) > 0)
      fields.push(...oneOf(random, examples).map(([name, value]): [string, string] => [name, value]));
    else for (const name of names) if (random(3) > 0) fields.push([name, this.#value(name, random)]);
    // One or two of them otherwise.
    for (let i = random(3); i > 0 && fields.length > 0; i--) {
      const field = oneOf(random, fields);
      const change = random(4);
      if (change === 0) fields.splice(fields.indexOf(field), 1);
      else if (change === 1) fields.push(...Array.from({ length: oneOf(random, [1, 2, 500]) }, () => field));
      else field[1] = this.#value(field[0], random);
    }
    return fields;
  }

  #value(name: string, random: Random): string {
    const kind = random(8);
    if (name === "key" && kind < 5) return oneOf(random, this.#keys);
    if (name === "index" && kind < 5) return String(random(4));
    if (kind < 3) return oneOf(random, this.#names);
    if (kind === 3)
      return String(
        oneOf(random, [
          0,
          1,
          2,
          10,
          51,
          1000,
          -1,
          1.5,
          1e5,
          1e9,
          2 ** 31,
          2 ** 53,
          1e308,
          "NaN",
          "Infinity",
          "-0",
          "0x10",
          "1e9",
          "9".repeat(30),
        ]),
      );
    if (kind === 4)
      return oneOf(random, [
        "",
        "true",
        "false",
        "null",
        "json",
        "csv",
        "arrow",
        "step",
        "wall_time",
        "relative",
        "log",
        "buckets",
        "steps",
        "scalars",
        "histograms",
        "images",
        "VERTEX",
      ]);
    if (kind === 5)
      return oneOf(random, [
        "(a+)+$",
        "(?=a)(a|aa)+$",
        ".*.*.*x",
        "[",
        "(",
        "\\e",
        "(?P<n>a)(?P=n)",
        "a{1000}{1000}",
        "(".repeat(500),
      ]);
    if (kind === 6)
      return oneOf(random, [
        "../../etc/passwd",
        "%2e%2e/",
        "\0",
        "\ud800",
        "<script>",
        "é🙂",
        "x".repeat(5000),
        "[".repeat(3000),
        "{}",
        "[]",
        `"`,
        "a\r\nb",
        "__proto__",
      ]);
    return name === "requests" || name === "request" ? this.#json(random) : oneOf(random, this.#names);
  }

  /** Places of bytes: many, none, too many, some of them no places. */
  #blobs(random: Random): string {
    const place = () => ({
      key: this.#value("key", random),
      ...(random(2) === 0 && { index: random(50) === 0 ? this.#value("index", random) : random(4) }),
    });
    return JSON.stringify({
      blobs: Array.from({ length: oneOf(random, [0, 1, 10, 60, 256, 257]) }, place),
    });
  }

  /** What the requests of Time Series and of hyperparameters look like. */
  #json(random: Random): string {
    const many = oneOf(random, [1, 1, 3, 200]);
    const one = () => ({
      plugin: oneOf(random, ["scalars", "histograms", "images", "text", 1]),
      tag: oneOf(random, this.#names),
      run: oneOf(random, [...this.#names, null]),
      sample: random(4) - 1,
    });
    if (random(2) === 0) return JSON.stringify(Array.from({ length: many }, one));
    return JSON.stringify({
      experimentName: "",
      allowedStatuses: ["STATUS_SUCCESS", "STATUS_UNKNOWN", "STATUS_RUNNING"],
      colParams: Array.from({ length: many }, () => ({
        hparam: oneOf(random, this.#names),
        filterRegexp: oneOf(random, ["(a+)+$", "(?=a)(a|a)*$", ".*", "["]),
        order: oneOf(random, ["ORDER_ASC", "ORDER_DESC", "ORDER_UNSPECIFIED"]),
      })),
      startIndex: random(3),
      sliceSize: oneOf(random, [0, 1, 1e6, 2 ** 31 - 1]),
    });
  }
}

function nativeRoutes({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) => {
    const full = path.startsWith("/api/") ? path : `/api/v1${path}`;
    if (full === STREAM) return [];
    const names = (methods.get?.parameters ?? []).flatMap(
      ({ name, $ref }) => name ?? $ref?.split("/").at(-1) ?? [],
    );
    return [
      {
        path: full,
        names: [...new Set([...names, "format"])],
        examples: [],
        body: methods.post?.requestBody ? ("json" as const) : null,
      },
    ];
  });
}

/** Each route that stock answers, with all parameters that it was ever asked with. */
function compatibleRoutes(): Route[] {
  const asked = new Map<string, { post: string | null; examples: [string, string][][] }>();
  for (const [{ url, body, type }] of savedAnswers()) {
    const [path = "", search = ""] = url.split("?");
    const route = asked.get(path) ?? { post: null, examples: [] };
    asked.set(path, route);
    if (body !== undefined) route.post = type ?? "";
    const isForm = body !== undefined && type?.startsWith(FORM_TYPE);
    route.examples.push([...new URLSearchParams(isForm ? body : search)]);
    if (body !== undefined && !isForm) route.examples.push([["request", body]]);
  }
  return [...asked].map(([path, { post, examples }]) => ({
    path: `/${path}`,
    names: [...new Set(examples.flatMap((one) => one.map(([name]) => name)))],
    examples: examples.filter((one) => one.length > 0),
    body: post === null ? null : post.startsWith(FORM_TYPE) ? "form" : "json",
  }));
}

const escaped = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));

function query(fields: readonly (readonly [string, string])[]): string {
  return fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&");
}

/** The fields as JSON: lists where a name repeats, numbers where they look like it; or the one that is JSON already. */
function jsonOf(fields: readonly (readonly [string, string])[], random: Random): string {
  const only = fields.find(([name]) => name === "request");
  if (only) return only[1];
  const object: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    const typed = /^-?\d+(\.\d+)?$/.test(value) && random(3) > 0 ? Number(value) : value;
    const key = /^(?:run|tag|quantile)$/.test(name) && random(2) === 0 ? `${name}s` : name;
    object[key] = key.endsWith("s")
      ? Array.from({ length: oneOf(random, [1, 1, 1000]) }, () => typed)
      : typed;
  }
  return JSON.stringify(object);
}
