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

describe("headers", () => {
  test("allow no code but the page's own", async () => {
    const response = await fetch(new URL("data/runs", server.url));
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
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
