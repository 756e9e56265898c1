/** The packed package in a project of its own, as a stranger has it: with what it depends on, and nothing of ours. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** npm, to be run by Node, so that no shell is needed; undefined where the tests were started without it. */
export const npm = process.env.npm_execpath;

/** Packs what `npm run build` made into a folder; gives the tarball's path, and those of the files in it. */
export function pack(folder: string): { tarball: string; files: readonly string[] } {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(
    execFileSync(process.execPath, [npm!, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" }),
  ) as { filename: string; files: { path: string }[] }[];
  return { tarball: path.join(folder, packed!.filename), files: packed!.files.map((file) => file.path) };
}

/**
 * Makes an empty folder a project that has the package installed, without a network: what it depends on is copied from
 * here, as the lockfile has it, so that nothing that only we need is found by chance.
 *
 * @param further packages that the project has besides, such as `@types/node`
 */
export function installPackage(folder: string, ...further: readonly string[]): void {
  const home = path.join(folder, "node_modules/tsboard");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", pack(folder).tarball, "--strip-components=1", "-C", home]);
  for (const place of [...dependencies(), ...further.map((name) => `node_modules/${name}`)]) {
    const from = path.join(root, place);
    if (existsSync(from)) cpSync(from, path.join(folder, place), { recursive: true });
  }
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module", "private": true }');
}

/** Where the lockfile puts what is installed with the package; those for other machines are not there. */
function dependencies(): string[] {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([place, { dev, devOptional, peer }]) => place !== "" && !dev && !devOptional && !peer)
    .map(([place]) => place);
}
