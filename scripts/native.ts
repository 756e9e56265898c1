/**
 * Builds the native back end of TensorFlow.js, @tensorflow/tfjs-node, in `.cache/native`, where the examples and the
 * tests in test/native take it from: `npm run test:native`. Its own install downloads a library that is not to be had
 * everywhere; here its addon is compiled against the headers and libraries of the TensorFlow that Python has
 * (TSBOARD_PYTHON, else .venv/bin/python). Takes half a minute, once. Where it cannot be built, the reason is said, and
 * the tests are skipped.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { python } from "../bench/tools/servers.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = path.join(root, ".cache", "native");
const tfjsNode = path.join(folder, "node_modules", "@tensorflow", "tfjs-node");
const addon = path.join(tfjsNode, "lib", "napi-v8", "tfjs_binding.node");
const stamp = path.join(folder, "built.json");

/** Why it cannot be built here. */
class Unavailable extends Error {}

/** What the addon is made for; anything else needs another. */
interface Target {
  /** Of TensorFlow.js, ours. */
  readonly version: string;
  readonly node: string;
  /** Python's package: headers in `include`, libraries beside it. */
  readonly tensorflow: string;
}

function build(): string {
  const target = findTarget();
  const wanted = JSON.stringify(target);
  if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
    return "built already";
  rmSync(folder, { recursive: true, force: true });
  install(target);
  linkTensorFlow(target);
  compile();
  writeFileSync(stamp, wanted);
  return `built against ${target.tensorflow}`;
}

function findTarget(): Target {
  if (process.platform !== "linux") throw new Unavailable("it is built for Linux only");
  if (python === null) throw new Unavailable("no Python: see CONTRIBUTING.md");
  const find =
    "import importlib.util as u; s = u.find_spec('tensorflow'); print(s and s.submodule_search_locations[0])";
  const tensorflow = run("looking for TensorFlow", python, ["-c", find]).trim();
  if (tensorflow === "None") throw new Unavailable(`${python} has no TensorFlow`);
  for (const part of ["include", ...LIBRARIES])
    if (!existsSync(path.join(tensorflow, part))) throw new Unavailable(`${tensorflow} has no ${part}`);
  const core = readFileSync(path.join(root, "node_modules/@tensorflow/tfjs-core/package.json"), "utf8");
  return { version: JSON.parse(core).version, node: process.version, tensorflow };
}

/** The package without its install script, node-gyp, and what they need. */
function install({ version }: Target): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
  const packages = [`@tensorflow/tfjs-node@${version}`, "node-gyp@^11"];
  npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages]);
  // What we have too is taken from ours, further up: a process has one TensorFlow.js.
  for (const ours of ["tfjs-core", "tfjs-layers", "tfjs-data", "tfjs-converter", "tfjs-backend-cpu"])
    rmSync(path.join(folder, "node_modules", "@tensorflow", ours), { recursive: true });
}

function npm(args: readonly string[]): void {
  const cli = process.env.npm_execpath;
  if (cli === undefined) run("npm install", "npm", args);
  else run("npm install", process.execPath, [cli, ...args]);
}

/** In TensorFlow's package of Python, with the names under which the addon asks for them. */
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const ASKED = ["libtensorflow.so", "libtensorflow_framework.so"];

function linkTensorFlow({ tensorflow }: Target): void {
  const lib = path.join(tfjsNode, "deps", "lib");
  mkdirSync(lib, { recursive: true });
  symlinkSync(path.join(tensorflow, "include"), path.join(tfjsNode, "deps", "include"));
  for (const [i, library] of LIBRARIES.entries())
    for (const name of [library, ASKED[i]!])
      symlinkSync(path.join(tensorflow, library), path.join(lib, name));
}

function compile(): void {
  const gyp = path.join(folder, "node_modules", "node-gyp", "bin", "node-gyp.js");
  // Node's own headers, where they came with it; node-gyp would download them.
  const prefix = path.dirname(path.dirname(process.execPath));
  const headers = existsSync(path.join(prefix, "include/node/node.h")) ? [`--nodedir=${prefix}`] : [];
  const binding = [
    "--module_name=tfjs_binding",
    `--module_path=${path.dirname(addon)}`,
    "--napi_build_version=8",
  ];
  run("node-gyp", process.execPath, [gyp, "rebuild", "--directory", tfjsNode, ...headers, ...binding]);
}

/** What a program prints. Throws Unavailable with its last words. */
function run(what: string, command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      cwd: existsSync(folder) ? folder : root,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Unavailable(`${what} failed: ${said.trim().split("\n").slice(-5).join("\n")}`);
  }
}

const start = performance.now();
try {
  const outcome = build();
  console.log(`tfjs-node: ${outcome} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(`tfjs-node cannot be built here, so its tests are skipped: ${error.message}`);
}
