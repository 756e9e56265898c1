/** Where the compatible face answers, to which methods, and with which headers: as stock's server does. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { corpusLogs } from "../../tools/stock-answers.ts";

const SCALARS = "data/plugin/scalars/scalars?run=tf2%2Feval&tag=loss";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ logdir: corpusLogs, port: 0, threads: 0, pathPrefix: "/behind/proxy" });
  await server.loaded;
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** An answer as it comes: nothing followed, nothing unpacked. */
function ask(path: string, method = "GET", headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ port: server.port, host: "127.0.0.1", path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("latin1"),
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}
const at = (path: string) => `/behind/proxy/${path}`;

describe("an experiment in the path", () => {
  test.each(["experiment/any/", "experiment/a%20b/", "experiment//"])(
    "%s is the one there is",
    async (id) => {
      expect((await ask(at(`${id}data/runs`))).body).toBe((await ask(at("data/runs"))).body);
      expect((await ask(at(`${id}${SCALARS}`))).status).toBe(200);
      expect((await ask(at(`${id}api/v1/status`))).status).toBe(200);
    },
  );

  test("without anything behind it is sent to its page", async () => {
    const { status, headers } = await ask(at("experiment/any?darkMode=true"));
    expect([status, headers.location]).toEqual([301, at("experiment/any/?darkMode=true")]);
  });

  test("two of them are no path", async () => {
    expect((await ask(at("experiment/a/experiment/b/data/runs"))).status).toBe(404);
  });
});

describe("paths", () => {
  test.each(["data/runs/", `data/plugin/scalars/tags/`])("%s may end in a slash", async (path) => {
    expect((await ask(at(path))).status).toBe(200);
  });
  test.each(["data/plugin/%73calars/tags", "dat%61/runs", "data%2Fruns", "experiment%2fany/data/runs"])(
    "%s has escapes that need not be",
    async (path) => expect((await ask(at(path))).status).toBe(200),
  );
  test.each(["data/%", "data/%zz", "data/runs%3F", "data/runs%00", "..%2F..%2Fpackage.json"])(
    "%s leads nowhere",
    async (path) => expect((await ask(at(path))).status).toBeGreaterThanOrEqual(400),
  );
  test.each([
    "DATA/runs",
    "data/Runs",
    "data/plugin/Scalars/tags",
    "data/nothing",
    "data/plugin/nothing/tags",
    "data",
  ])("%s is not there", async (path) => expect((await ask(at(path))).status).toBe(404));
  test.each(["/data/runs", "/behind/data/runs", "/BEHIND/proxy/data/runs"])(
    "%s is outside of the prefix",
    async (path) => expect((await ask(path)).status).toBe(404),
  );
  test("the prefix itself is sent to the page", async () => {
    expect((await ask("/behind/proxy")).status).toBe(301);
  });
});

describe("methods", () => {
  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is answered as GET is", async (method) => {
    for (const path of ["data/runs", SCALARS])
      expect((await ask(at(path), method)).body).toBe((await ask(at(path))).body);
    expect((await ask(at("data/plugin/scalars/scalars"), method)).status).toBe(400);
  });
  test("HEAD has the headers only", async () => {
    const { status, headers, body } = await ask(at(SCALARS), "HEAD");
    expect([status, headers["content-type"], body]).toEqual([200, "application/json", ""]);
  });
  test.each(["GET", "PUT"])("%s is not for scalars of many runs", async (method) => {
    const { status, headers } = await ask(at("data/plugin/scalars/scalars_multirun"), method);
    expect([status, headers.allow]).toEqual([405, "POST"]);
  });
});

describe("headers", () => {
  test.each([
    ["data/runs", "application/json"],
    [SCALARS, "application/json"],
    [`${SCALARS}&format=csv`, "text/csv; charset=utf-8"],
    ["data/nothing", "text/plain; charset=utf-8"],
    ["data/plugin_entry.html?name=projector", "text/html; charset=utf-8"],
  ])("%s is %s", async (path, type) => {
    expect((await ask(at(path))).headers["content-type"]).toBe(type);
  });
  test("say that nothing is to be kept", async () => {
    for (const path of ["data/runs", SCALARS]) {
      const { headers } = await ask(at(path));
      expect(headers).toMatchObject({ "cache-control": "no-cache, must-revalidate", expires: "0" });
    }
  });
  test("name gzip where it is accepted, however short the answer", async () => {
    for (const path of ["data/experiments", SCALARS, `${SCALARS}&format=csv`]) {
      const answer = await ask(at(path), "GET", { "Accept-Encoding": "gzip" });
      expect(answer.headers["content-encoding"]).toBe("gzip");
      expect((await ask(at(path))).headers["content-encoding"]).toBeUndefined();
    }
  });
  test("name no encoding of what is no text", async () => {
    const images = await ask(at("data/plugin/images/images?run=tf2%2Feval&tag=examples%2Fdigits&sample=0"));
    const [{ query }] = JSON.parse(images.body);
    for (const path of [
      `data/plugin/images/individualImage?${query}`,
      "data/plugin/projector/tensor?run=tbx%2Fall&name=emb%3A00003",
    ]) {
      const { status, headers } = await ask(at(path), "GET", { "Accept-Encoding": "gzip" });
      expect([status, headers["content-encoding"]]).toEqual([200, undefined]);
    }
  });
});

describe("dashboards that bring their own code", () => {
  test("are listed with the whole path of their module", async () => {
    const listing = async (path: string) =>
      JSON.parse((await ask(at(path))).body).projector.loading_mechanism;
    const loads = (module_path: string) => ({ type: "IFRAME", module_path });
    expect(await listing("data/plugins_listing")).toEqual(loads(at("data/plugin/projector/index.js")));
    expect(await listing("experiment/x/data/plugins_listing")).toEqual(
      loads(at("experiment/x/data/plugin/projector/index.js")),
    );
  });
  test("have a page that runs their module, and nothing else", async () => {
    const { status, headers, body } = await ask(at("data/plugin_entry.html?name=projector"));
    expect(status).toBe(200);
    expect(body).toContain('<base href="plugin/projector/" />');
    expect(body).toContain('import("./index.js").then((m) => void m.render());');
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}='/);
    expect(policy).not.toContain("unsafe-eval");
  });
  test.each([
    ["scalars", 400],
    ["nothing", 404],
    ["", 404],
  ])("%j has no page: %i", async (name, status) => {
    expect((await ask(at(`data/plugin_entry.html?name=${name}`))).status).toBe(status);
  });
});

test("what is no more than empty is empty", async () => {
  for (const path of ["data/experiments", "data/experiment_runs"])
    expect((await ask(at(path))).body).toBe("[]");
  expect(JSON.parse((await ask(at("data/window_properties"))).body)).toEqual({ window_title: "" });
  expect(JSON.parse((await ask(at("data/notifications"))).body)).toEqual({ notifications: [] });
});
