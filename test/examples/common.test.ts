/** What every example shares: its flags, its way of running as a program, and the books. */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readBook, tokensOf, vocabularyOf, wordsOf } from "../../examples/common/book.ts";
import {
  commonFlags,
  commonHelp,
  commonOptions,
  parseFlags,
  wholeNumber,
} from "../../examples/common/flags.ts";
import { temporaryDirectory } from "../summary/event-files.ts";

describe("flags", () => {
  const parse = (...args: string[]) => {
    return commonOptions("sweep", parseFlags(args, {}), new Date(2025, 0, 31, 14, 5, 9));
  };

  test("without any, a new folder and a page", () => {
    const logdir = path.join("logs", "sweep", "20250131-140509");
    expect(parse()).toEqual({ logdir, seed: 1, server: true, exit: false });
  });

  test("without a server there is nothing to wait for", () => {
    expect(parse("--no-server", "--seed", "7")).toMatchObject({ server: false, exit: true, seed: 7 });
  });

  test.each(["-1", "1.5", "", "ten", "11"])("a number from 0 to 10 is not %j", (text) => {
    expect(() => wholeNumber("--units", text, 0, 10)).toThrow(
      `--units takes a whole number from 0 to 10, not "${text}"`,
    );
  });

  test("the help names them all", () => {
    for (const flag of Object.keys(commonFlags))
      expect(commonHelp("sweep")).toContain(flag === "server" ? "--no-server" : `--${flag} `);
  });
});

describe("as a program", { timeout: 60_000 }, () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const run = (...args: string[]) => {
    const flags = ["--conditions=tsboard-source", "--import", "tsx", "examples/plain-loop/main.ts"];
    const child = spawn(process.execPath, [...flags, ...args], { cwd: root });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        printed += text;
      });
    const end = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, end, printed: () => printed };
  };

  test("an example names its page, trains and ends; it never writes into a folder that is in use", async () => {
    const logdir = temporaryDirectory();
    const args = ["--logdir", logdir, "--steps", "30", "--port", "0", "--exit"];
    const first = run(...args);
    expect(await first.end).toBe(0);
    expect(first.printed()).toMatch(/at http:\/\/localhost:\d+\/\n[\d.]+ % of the test digits/);
    expect(readdirSync(logdir)).toEqual(["softmax-regression"]);

    const second = run(...args);
    expect(await second.end).toBe(2);
    expect(second.printed()).toContain(`${logdir} is not empty`);
  });

  test("Ctrl-C ends the training in good order, and the exit code says so", async () => {
    const logdir = temporaryDirectory();
    const { child, end, printed } = run("--logdir", logdir, "--steps", "100000000", "--port", "0");
    child.stdout.once("data", () => setTimeout(() => child.kill("SIGINT"), 1000));
    expect(await end).toBe(130);
    expect(printed()).toContain("Event files:");
  });
});

describe("books", () => {
  test("are read by name, and a wrong name gets the right ones", async () => {
    expect(await readBook("carroll-alice")).toContain("down the rabbit-hole");
    await expect(readBook("../package")).rejects.toThrow('no book "../package"; there are austen-emma');
  });

  test("are words, or words and punctuation", () => {
    const text = "'i don't know,' said alice -- not 1:2 alice.";
    expect(wordsOf(text)).toEqual(["i", "don't", "know", "said", "alice", "not", "alice"]);
    expect(tokensOf(text).join(" ")).toBe("i don't know , said alice -- not : alice .");
  });

  test("have a vocabulary, the most frequent word first", () => {
    const { words, counts, ids } = vocabularyOf(["a", "b", "b", "c", "b", "c"], 2);
    expect([words, counts]).toEqual([
      ["b", "c"],
      [3, 2],
    ]);
    expect([...ids]).toEqual([
      ["b", 0],
      ["c", 1],
    ]);
  });
});
