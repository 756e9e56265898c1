/** Files that logs name: found inside the log directories, refused outside, whatever paths and links say. */
import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { joined, LogFolders, OutsideError } from "../../../server/logdir/folders.ts";
import { fromLogdir, fromLogdirSpec } from "../../../server/logdir/source.ts";
import { temporaryDirectory, writeFile } from "../../tools/records.ts";

let base: string;
let logdir: string;
let folders: LogFolders;

beforeEach(() => {
  base = realpathSync(temporaryDirectory());
  logdir = path.join(base, "logs");
  writeFile(logdir, "run/inside.tsv", Buffer.from("1"));
  writeFile(base, "secret", Buffer.from("2"));
  writeFile(base, "logs2/neighbour", Buffer.from("3"));
  folders = new LogFolders({ sources: fromLogdir(logdir), logdir, followLinks: false });
});

describe("inside", () => {
  test("files are found by every path that leads there", async () => {
    const inside = path.join(logdir, "run/inside.tsv");
    for (const given of [inside, `${logdir}/./run/../run/inside.tsv`, `${base}/other/../logs/run/inside.tsv`])
      expect(await folders.locate(given)).toBe(inside);
    expect(await folders.locate(logdir)).toBe(logdir);
  });

  test("what is not there is not found", async () => {
    expect(await folders.locate(path.join(logdir, "nothing/at/all"))).toBeUndefined();
    expect(await folders.locate(path.join(logdir, "run/inside.tsv/below"))).toBeUndefined();
  });

  test("links that stay inside are followed", async () => {
    symlinkSync(path.join(logdir, "run"), path.join(logdir, "link"));
    expect(await folders.locate(path.join(logdir, "link/inside.tsv"))).toBe(
      path.join(logdir, "run/inside.tsv"),
    );
  });

  test("the log directory itself may be a link", async () => {
    const link = path.join(base, "link");
    symlinkSync(logdir, link);
    const linked = new LogFolders({ sources: fromLogdir(link), logdir: link, followLinks: false });
    for (const given of [path.join(link, "run/inside.tsv"), path.join(logdir, "run/inside.tsv")])
      expect(await linked.locate(given)).toBe(path.join(logdir, "run/inside.tsv"));
  });
});

describe("outside", () => {
  /** By way of what, each of them to something that is there, and to something that is not. */
  const ways: [string, () => string][] = [
    ["an absolute path", () => path.join(base, "secret")],
    ["..", () => `${logdir}/run/../../secret`],
    ["a folder whose name starts alike", () => path.join(base, "logs2/neighbour")],
    ["the folder above", () => base],
    ["nothing there", () => path.join(base, "nothing")],
    [
      "a link",
      () => {
        symlinkSync(path.join(base, "secret"), path.join(logdir, "link"));
        return path.join(logdir, "link");
      },
    ],
    [
      "a link to a folder",
      () => {
        symlinkSync(base, path.join(logdir, "link"));
        return path.join(logdir, "link/secret");
      },
    ],
    [
      "a link to a folder, and nothing there",
      () => {
        symlinkSync(base, path.join(logdir, "link"));
        return path.join(logdir, "link/nothing");
      },
    ],
  ];

  test.each(ways)("%s is refused in words, whether there is something or not", async (_way, make) => {
    const given = make();
    await expect(folders.locate(given)).rejects.toThrow(OutsideError);
    await expect(folders.locate(given)).rejects.toThrow(
      `"${given}" is not in the log directory, and is not read (--follow_links allows it)`,
    );
  });

  test.each(ways)("%s is followed where that is wanted", async (way, make) => {
    const open = new LogFolders({ sources: fromLogdir(logdir), logdir, followLinks: true });
    const found = await open.locate(make());
    if (way.includes("nothing")) expect(found).toBeUndefined();
    else expect(found).toMatch(/secret$|neighbour$|^\/.*(?<!logs)$/);
  });
});

describe("folders of runs", () => {
  test("start as the user wrote the log directory", () => {
    const relative = path.relative(process.cwd(), logdir);
    const written = new LogFolders({ sources: fromLogdir(relative), logdir: relative, followLinks: false });
    expect(written.of("run/a")).toEqual([`${relative}/run/a`]);
    expect(written.of(".")).toEqual([`${relative}/.`]);
    expect(written.roots).toEqual([relative]);
    expect(written.isRoot(`${relative}/.`)).toBe(true);
    expect(written.isRoot(`${relative}/run`)).toBe(false);
  });

  test("may be in several log directories", () => {
    mkdirSync(path.join(base, "more"));
    const spec = `first:${logdir},${base}/more`;
    const several = new LogFolders({ sources: fromLogdirSpec(spec), logdir: spec, followLinks: false });
    expect(several.of("first/run")).toEqual([`${logdir}/run`, `${base}/more/first/run`]);
    expect(several.of("run")).toEqual([`${base}/more/run`]);
    expect(several.roots).toEqual([`${base}/more`]);
  });
});

test("paths are joined as Python joins them", () => {
  expect(joined("logs", "run")).toBe("logs/run");
  expect(joined("logs/", "run")).toBe("logs/run");
  expect(joined("logs/run", "..")).toBe("logs/run/..");
  expect(joined("logs", "/else/where")).toBe("/else/where");
});
