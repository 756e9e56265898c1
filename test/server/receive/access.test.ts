/** Who may write: tokens, origins, addresses. */
import { describe, expect, test } from "vitest";
import {
  carriesToken,
  checkToken,
  isLoopbackAddress,
  mayWrite,
  newToken,
  toOrigin,
} from "../../../server/receive/access.ts";

const token = newToken();

test("new tokens are long, differ, and fit a header", () => {
  expect(newToken()).not.toBe(token);
  expect(token).toMatch(/^[\w-]{22}$/);
  checkToken(token);
});

test("tokens that are short, or no header could carry, are refused without being told", () => {
  expect(() => checkToken("secret")).toThrow("a token has at least 16 characters, not 6");
  expect(() => checkToken("a token with some spaces")).toThrow(/without spaces/);
});

test.each([
  [`Bearer ${token}`, true],
  [`bearer  ${token} `, true],
  [token, false],
  [`Basic ${token}`, false],
  [`Bearer ${token}x`, false],
  [`Bearer ${token.slice(1)}`, false],
  ["Bearer ", false],
  [undefined, false],
])("the header %j: %s", (header, carried) => {
  expect(carriesToken(header, token)).toBe(carried);
});

describe("a page of", () => {
  const options = { token, origins: ["https://lab.example:8080"] };
  test.each([
    ["http://localhost:5173", true],
    ["https://127.0.0.1", true],
    ["http://[::1]:3000", true],
    ["http://app.localhost", true],
    ["http://board.example:6006", true], // the server's own
    ["https://lab.example:8080", true],
    ["https://lab.example", false],
    ["http://lab.example:8080", false],
    ["https://evil.example", false],
    ["http://localhost.evil.example", false],
    ["http://127.0.0.1.evil.example", false],
    ["null", false], // files and sandboxes
    ["nonsense", false],
  ])("%s may write: %s", (origin, may) => {
    expect(mayWrite(origin, "board.example:6006", options)).toBe(may);
  });

  test("no origin is no page", () => expect(mayWrite(undefined, "localhost:6006", options)).toBe(true));
});

test("origins are what browsers send", () => {
  expect(toOrigin("https://Lab.example:443/")).toBe("https://lab.example");
  for (const wrong of ["lab.example", "https://lab.example/path", "ftp://lab.example", "*", ""])
    expect(() => toOrigin(wrong)).toThrow(/is no origin/);
});

test.each([
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.0.0.1", false],
  ["::ffff:10.0.0.1", false],
  ["2001:db8::1", false],
  [undefined, false],
])("%s is this machine: %s", (address, loopback) => expect(isLoopbackAddress(address)).toBe(loopback));
