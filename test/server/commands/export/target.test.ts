/** Where an export goes: told from --out and --format, whole or not at all. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { targetOf } from "../../../../server/commands/export/target.ts";
import { temporaryDirectory } from "../../../tools/records.ts";

const one = { format: undefined, needsFolder: false };

describe("the format", () => {
  test("is what the ending says, else CSV", () => {
    expect(targetOf({ ...one, out: "a/points.parquet" })).toMatchObject({
      format: "parquet",
      ending: "parquet",
    });
    expect(targetOf({ ...one, out: "points.arrows" })).toMatchObject({ format: "arrow", ending: "arrows" });
    expect(targetOf({ ...one, out: "-" })).toMatchObject({ format: "csv", ending: "", folder: null });
    expect(targetOf({ ...one, out: "exported/" })).toMatchObject({ format: "csv", ending: "csv" });
  });

  test("that is asked for goes before the ending", () => {
    expect(targetOf({ ...one, format: "jsonl", out: "points.txt" }).format).toBe("jsonl");
    expect(() => targetOf({ ...one, out: "points.txt" })).toThrow(
      "the ending of points.txt says no format: give one, --format csv|jsonl|arrow|parquet",
    );
  });
});

describe("a folder", () => {
  test("is what exists as one, ends with a slash, or has to be one", () => {
    const folder = temporaryDirectory();
    for (const asked of [
      { ...one, out: folder },
      { ...one, out: `${folder}/new/` },
      { ...one, out: `${folder}/new`, needsFolder: true },
    ])
      expect(targetOf(asked).fileOf("scalars")).toBe(path.join(asked.out, "scalars.csv"));
  });

  test("is needed for several files", () => {
    const file = path.join(temporaryDirectory(), "points.csv");
    writeFileSync(file, "");
    expect(() => targetOf({ ...one, needsFolder: true, out: "-" })).toThrow("say in which folder, --out DIR");
    expect(() => targetOf({ ...one, needsFolder: true, out: file })).toThrow("is a file, not a folder");
  });
});

describe("a file", () => {
  test("is never an event file", () => {
    expect(() => targetOf({ ...one, format: "csv", out: "run/events.out.tfevents.1" })).toThrow(
      "nothing is written over logs",
    );
  });

  test("has its name once it is whole, and what was there before until then", () => {
    const folder = temporaryDirectory();
    const file = path.join(folder, "below/points.csv");
    const first = targetOf({ ...one, out: file }).open("scalars");
    first.write(Buffer.from("first"));
    expect(existsSync(file)).toBe(false);
    first.commit();
    const second = targetOf({ ...one, out: file }).open("scalars");
    second.write(Buffer.alloc(1 << 20));
    expect(readFileSync(file, "utf8")).toBe("first");
    second.abort();
    expect(readdirSync(path.dirname(file))).toEqual(["points.csv"]);
    expect(readFileSync(file, "utf8")).toBe("first");
  });

  test("that is a link stays one, and what it leads to is new", () => {
    const folder = temporaryDirectory();
    const [file, link] = [path.join(folder, "points.csv"), path.join(folder, "link.csv")];
    writeFileSync(file, "old");
    symlinkSync(file, link);
    const output = targetOf({ ...one, out: link }).open("scalars");
    output.write(Buffer.from("new"));
    output.commit();
    expect([readFileSync(file, "utf8"), readlinkSync(link)]).toEqual(["new", file]);
  });

  test("that is a pipe is written to as it is", async () => {
    const pipe = path.join(temporaryDirectory(), "pipe.csv");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe], { stdio: "pipe" });
    let text = "";
    reader.stdout.on("data", (chunk: Buffer) => {
      text += chunk;
    });
    const output = targetOf({ ...one, out: pipe }).open("scalars");
    output.write(Buffer.from("through"));
    output.commit();
    await once(reader, "close");
    expect(text).toBe("through");
    expect(readdirSync(path.dirname(pipe))).toEqual(["pipe.csv"]);
  });
});
