/**
 * Builds the package: `tsx scripts/build.ts [step …]`, where a step is one of
 * `proto` (codec and descriptor from proto/schema), `wasm` (the event scanner and the packer), `node` (TypeScript to dist/), `command`
 * (the command as a bundle, dist/command) and `ui` (the page to dist/ui). Without arguments, all of them in that order.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { bundleCommand } from "./bundle-command.ts";
import { pruneDeclarations } from "./declarations.ts";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
/** What is compiled to folders of the same names in dist. */
const COMPILED = ["proto", "files", "values", "graph", "summary", "records", "tfjs", "client", "server"];

/** Runs a development dependency's command with this Node, so that no shell or PATH is needed. */
function tool(script: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
}

/** AssemblyScript → WebAssembly. */
function assemble(source: string, out: string, ...more: readonly string[]): void {
  const asc = path.join(path.dirname(require.resolve("assemblyscript/package.json")), "bin/asc.js");
  const flags = "--optimizeLevel 3 --shrinkLevel 0 --runtime stub --noAssert --enable simd".split(" ");
  tool(asc, [source, "--outFile", out, ...flags, ...more]);
}

/** The projector's kernels, as a module that loads alike in workers and in Node. */
function makeKernels(): void {
  const folder = "ui/projection/kernels";
  const made = path.join(root, folder, "bytes.js");
  const sources = path.join(root, folder, "assembly");
  const changed = readdirSync(sources).map((file) => statSync(path.join(sources, file)).mtimeMs);
  if (existsSync(made) && statSync(made).mtimeMs > Math.max(...changed)) return;
  const wasm = path.join(root, folder, "kernels.wasm");
  assemble(`${folder}/assembly/index.ts`, wasm, "--importMemory");
  const bytes = readFileSync(wasm).toString("base64");
  rmSync(wasm);
  writeFileSync(made, `export const kernelBytes = "${bytes}";\n`);
}

/**
 * The codec's writer: protobufjs writes halves of characters (lone surrogates) as bytes that are no UTF-8, and whoever
 * reads them with C++ or Rust takes the file for damaged there. They become U+FFFD, as TextEncoder has it.
 */
function writeCodecsWriter(): void {
  const codec = path.join(root, "proto/generated/tensorboard.js");
  const library = 'import $protobuf from "protobufjs/minimal.js";';
  const text = readFileSync(codec, "utf8");
  const own = text
    .replace(library, () => `${library}\nimport { Writer } from "./writer.js";`)
    .replace("$Writer = $protobuf.Writer,", () => "$Writer = Writer,");
  if (!own.includes("$Writer = Writer,") || !own.includes("./writer.js"))
    throw new Error("the generated codec names its writer otherwise than before");
  writeFileSync(codec, own);
  writeFileSync(path.join(root, "proto/generated/writer.js"), `${library}\n${WRITER}`);
}

const WRITER = String.raw`const Base = $protobuf.Writer.create().constructor;
const half = /\p{Surrogate}/u;
export class Writer extends Base {
  static create() {
    return new Writer();
  }
  string(value) {
    return super.string(half.test(value) ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value);
  }
}
`;

/**
 * The generated codec is a tenth of the package: it goes without the white space, and without docstrings, which only say
 * the names again.
 */
async function shrinkGenerated(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const code = readFileSync(file, "utf8");
    if (name.endsWith(".d.ts")) writeFileSync(file, code.replaceAll(/^[ \t]*\/\*\*.*?\*\/\r?\n\n?/gms, ""));
    else if (name.endsWith(".js")) {
      const small = await transform(code, { minifyWhitespace: true, minifySyntax: true, target: "node20" });
      writeFileSync(file, small.code);
    }
  }
}

/** Docstrings are in the declarations, where editors look: in the code that runs they are a sixth of what is installed. */
function withoutDocstrings(dist: string): void {
  for (const dir of COMPILED)
    for (const name of readdirSync(path.join(dist, dir), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".js")) continue;
      const file = path.join(dist, dir, name);
      const code = readFileSync(file, "utf8");
      writeFileSync(file, code.replaceAll(/^[ \t]*\/\*\*.*?\*\/\r?\n/gms, ""));
    }
}

const steps = {
  /** proto/schema/*.proto → static codec with types, and a descriptor for the text format. */
  proto() {
    const pbjs = path.join(path.dirname(require.resolve("protobufjs-cli/package.json")), "bin/pbjs");
    const files = readdirSync(path.join(root, "proto/schema")).map((f) => `proto/schema/${f}`);
    mkdirSync(path.join(root, "proto/generated"), { recursive: true });
    const target = ["-t", "static-module", "-w", "esm", "--dependency", "protobufjs/minimal.js"];
    const lean = "--no-verify --no-convert --no-delimited --no-typeurl --no-service".split(" ");
    tool(pbjs, [
      ...target,
      ...lean,
      "-p",
      "proto/schema",
      "-o",
      "proto/generated/tensorboard.js",
      "-d",
      ...files,
    ]);
    writeCodecsWriter();
    const descriptor = tool(pbjs, ["-t", "json", "-p", "proto/schema", ...files]);
    const module = `export default ${JSON.stringify(JSON.parse(descriptor))};\n`;
    writeFileSync(path.join(root, "proto/generated/descriptor.js"), module);
    const declaration =
      'import type { INamespace } from "protobufjs";\ndeclare const descriptor: INamespace;\n';
    writeFileSync(
      path.join(root, "proto/generated/descriptor.d.ts"),
      `${declaration}export default descriptor;\n`,
    );
  },

  /** server/ingest/wasm → the scanner and the packer that ingest loads; ui/projection/kernels/assembly → what the projector loads. */
  wasm() {
    mkdirSync(path.join(root, "server/ingest/generated"), { recursive: true });
    for (const module of ["scan", "pack"])
      assemble(`server/ingest/wasm/${module}.ts`, `server/ingest/generated/${module}.wasm`);
    makeKernels();
  },

  /** TypeScript → dist, with declarations. */
  async node() {
    for (const dir of COMPILED) rmSync(path.join(root, "dist", dir), { recursive: true, force: true });
    tool(path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc"), [
      "-p",
      "tsconfig.build.json",
    ]);
    for (const dir of ["proto/generated", "server/ingest/generated"])
      cpSync(path.join(root, dir), path.join(root, "dist", dir), { recursive: true });
    withoutDocstrings(path.join(root, "dist"));
    await shrinkGenerated(path.join(root, "dist/proto/generated"));
    pruneDeclarations(root);
  },

  /** The command, with all that it imports → dist/command: it is up in half the time that four hundred files take. */
  command: () => bundleCommand(root),

  /** The page → dist/ui. */
  ui() {
    makeKernels();
    const vite = path.join(path.dirname(require.resolve("vite/package.json")), "bin/vite.js");
    tool(vite, ["build", "--config", "ui/vite.config.ts", "--logLevel", "warn"]);
  },
};

const isStep = (name: string): name is keyof typeof steps => name in steps;
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(steps)) {
  if (!isStep(name)) throw new Error(`unknown step ${name}; one of ${Object.keys(steps).join(", ")}`);
  const start = performance.now();
  await steps[name]();
  console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
