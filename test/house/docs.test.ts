/**
 * Every public name has a docstring with an example, every example is a program that compiles, runs and prints what
 * it says, and docs/api is what `npm run docs` makes of all this.
 */
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { API } from "typescript/unstable/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { examplesOf } from "../../scripts/docs/examples.ts";
import { publicApi, root } from "../../scripts/docs/public-api.ts";
import { reference } from "../../scripts/docs/reference.ts";

const api = publicApi();
const examples = examplesOf(api);

test("names and kinds are found", () => {
  const names = new Map(
    api.modules.map(({ specifier, names }) => [specifier, names.map(({ name }) => name)]),
  );
  expect(names.get("tsboard")).toEqual(expect.arrayContaining(["createFileWriter", "TensorLike"]));
  expect(names.get("tsboard/records")).toEqual(expect.arrayContaining(["readRecords", "parseExample"]));
  const exported = Object.keys(packageJson.exports).filter((name) => name !== "./package.json");
  expect(exported.map((name) => name.replace(".", "tsboard")).sort()).toEqual([...names.keys()].sort());
  expect(api.kinds.map(({ name }) => name)).toEqual(expect.arrayContaining(["scalar", "histogram"]));
});

const documented = [{ specifier: "tsboard", names: api.kinds }, ...api.modules].flatMap(
  ({ specifier, names }) => names.map((one) => [`${specifier} ${one.name}`, one] as const),
);

test.each(documented)("%s has a docstring and an example", (_name, { text, examples }) => {
  expect(text).not.toBe("");
  expect(examples).not.toEqual([]);
});

test("docs/api is up to date", () => {
  const folder = path.join(root, "docs/api");
  const found = readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")]);
  const made = Object.fromEntries(reference(api));
  expect(Object.fromEntries(found), "run `npm run docs`").toEqual(made);
});

describe("examples", () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-examples-"));
  const fileOf = (name: string) => `${name.replaceAll(/[^\w.]/g, "-")}.example.ts`;
  let outcomes: Record<string, { printed: string[]; error: string | null }> = {};

  beforeAll(() => {
    // As in a project that has installed the package, here from its sources, and TensorFlow.js.
    mkdirSync(path.join(directory, "node_modules"));
    symlinkSync(root, path.join(directory, "node_modules/tsboard"));
    symlinkSync(
      path.join(root, "node_modules/@tensorflow"),
      path.join(directory, "node_modules/@tensorflow"),
    );
    writeFileSync(path.join(directory, "package.json"), '{ "type": "module" }');
    const typeRoots = [path.join(root, "node_modules/@types")];
    const tsconfig = {
      extends: path.join(root, "tsconfig.json"),
      compilerOptions: { typeRoots },
      include: ["*.ts"],
    };
    writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(tsconfig));
    for (const { of, program } of examples) writeFileSync(path.join(directory, fileOf(of)), program);
    const runner = fileURLToPath(new URL("./run-examples.ts", import.meta.url));
    const flags = ["--conditions=tsboard-source", "--import", "tsx"];
    const output = execFileSync(process.execPath, [...flags, runner, directory], {
      encoding: "utf8",
      cwd: root,
      stdio: "pipe",
    });
    outcomes = JSON.parse(output);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("compile", () => {
    const compiler = new API({ cwd: directory });
    try {
      const config = path.join(directory, "tsconfig.json");
      const project = compiler.updateSnapshot({ openProjects: [config] }).getProjects()[0]!;
      const complaints = examples.flatMap(({ of }) => {
        const file = path.join(directory, fileOf(of));
        const { program } = project;
        expect(program.getSourceFile(file), of).toBeDefined();
        const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        return found.map(({ text }) => `${of}: ${text}`);
      });
      expect(complaints).toEqual([]);
    } finally {
      compiler.close();
    }
  });

  test.each(examples.map((one) => [one.of, one] as const))("%s runs", (_name, { of, prints }) => {
    expect(outcomes[fileOf(of)]).toEqual({ printed: prints, error: null });
  });
});
