/** Who may ask, and what is never given out. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostOf } from "../../../server/http/security.ts";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { corpusLogs } from "../../tools/stock-answers.ts";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ logdir: corpusLogs, port: 0, threads: 0, allowedHosts: ["lab.example"] });
});
afterAll(() => server.close());

/** Status of a request with this Host header. */
function statusFor(host: string, path = "/data/logdir"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port: server.port, host: "127.0.0.1", path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the Host header", () => {
  test.each(["localhost", "localhost:1", "127.0.0.1:6006", "[::1]:6006", "lab.example:6006", "LocalHost"])(
    "%s is one of ours",
    async (host) => expect(await statusFor(host)).toBe(200),
  );
  test.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.7", "a b"])(
    "%j is refused, so a page that rebinds its name gets nothing",
    async (host) => {
      expect(await statusFor(host)).not.toBe(200);
      expect(await statusFor(host, "/")).not.toBe(200);
      expect(await statusFor(host, "/api/v1/catalog")).not.toBe(200);
    },
  );

  test("is parsed without its port and brackets", () => {
    expect(hostOf("[2001:db8::1]:6006")).toBe("2001:db8::1");
    expect(hostOf("Example.org:80")).toBe("example.org");
    expect(hostOf("evil.example/localhost")).toBeNull();
    expect(hostOf(undefined)).toBeNull();
  });
});

describe("requests of other sites' pages", () => {
  /** Status of a request with these headers. */
  function statusWith(
    path: string,
    headers: Record<string, string>,
    method = "GET",
  ): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request({ port: server.port, host: "127.0.0.1", path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  }

  const routes = [
    "/data/runs",
    "/data/plugin/scalars/tags",
    "/api/v1/status",
    "/api/v1/catalog",
    "/api/v1/events",
  ];
  const crossSite = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "no-cors",
    "sec-fetch-dest": "empty",
  };

  test.each(routes)("%s is not answered to them, however they ask", async (path) => {
    expect(await statusWith(path, crossSite)).toBe(403);
    expect(await statusWith(path, { ...crossSite, "sec-fetch-site": "same-site" })).toBe(403);
    expect(
      await statusWith(path, { ...crossSite, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }),
    ).toBe(403);
    expect(await statusWith(path, { origin: "https://evil.example" })).toBe(403);
    expect(await statusWith(path, { origin: "null" })).toBe(403);
    expect(await statusWith(path, { origin: "https://evil.example", ...crossSite }, "POST")).toBe(403);
    const form = { ...crossSite, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect(await statusWith(path, form, "POST")).toBe(403);
  });

  test.each(routes.filter((path) => path !== "/api/v1/events"))(
    "%s is answered to all others",
    async (path) => {
      expect(await statusWith(path, {})).toBe(200); // curl, notebooks
      const own = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
      expect(await statusWith(path, own)).toBe(200);
      expect(await statusWith(path, { ...own, origin: "http://lab.example:8080" })).toBe(200); // behind a proxy
      expect(
        await statusWith(path, { ...own, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }),
      ).toBe(200);
      const typed = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      expect(await statusWith(path, typed)).toBe(200);
      expect(await statusWith(path, { ...typed, "sec-fetch-site": "cross-site" })).toBe(200); // a link
    },
  );

  test("frames may show the page, of those that its policy allows", async () => {
    const frame = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "iframe",
    };
    expect(await statusWith("/", frame)).not.toBe(403);
  });
});

describe("headers", () => {
  test("allow no code but the page's own", async () => {
    const response = await fetch(new URL("data/runs", server.url));
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    // WebAssembly of our own is no text that runs as code.
    expect(policy.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-powered-by")).toBeNull();
  });
});

describe("paths", () => {
  test.each(["/../package.json", "/%2e%2e/package.json", "/assets/..%2f..%2fpackage.json", "/assets/%00"])(
    "%s leads nowhere",
    async (path) => {
      const status = await statusFor("localhost", path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );
});
