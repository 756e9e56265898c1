/** The cases of all kinds, written by TensorFlow and by us: a directory each, a run a kind. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "../../bench/tools/servers.ts";
import { createFileWriter } from "../../summary/index.ts";
import type { Case, InteropKind } from "./case.ts";
import { embeddings, forOracle } from "./kinds/projector.ts";

/** Runs a program of oracle/ and gives what it prints. */
export function oracle(program: string, args: readonly string[], input = ""): string {
  const script = fileURLToPath(new URL(`./oracle/${program}`, import.meta.url));
  const options = { input, encoding: "utf8", maxBuffer: 1 << 28, stdio: "pipe" } as const;
  return execFileSync(python ?? "", [script, ...args], options);
}

/** Cases with the run that each stands in, below the kind's. */
function placed(kind: InteropKind): (Case & { run: string })[] {
  return kind.cases.map((one) => ({ ...one, run: one.run ? `${kind.name}/${one.run}` : kind.name }));
}

/** Every run, those below a kind's among them. */
export function runsOf(kinds: readonly InteropKind[]): string[] {
  return [...new Set(kinds.flatMap(placed).map(({ run }) => run))];
}

/** Writes both; TensorFlow first, since ours writes its graphs and models again. */
export async function writeBoth(kinds: readonly InteropKind[], ours: string, theirs: string): Promise<void> {
  const cases = kinds.flatMap(placed);
  // What oracle/projector.py writes stands beside the event file.
  const forPython = cases.filter(({ kind }) => kind !== "projector");
  const made: Record<string, string[]> = JSON.parse(oracle("write.py", [theirs], JSON.stringify(forPython)));
  oracle("projector.py", [path.join(theirs, "projector")], JSON.stringify(embeddings.map(forOracle)));
  for (const run of runsOf(kinds)) {
    const writer = createFileWriter(path.join(ours, run));
    const madeHere = (made[run] ?? []).map((text) => new Uint8Array(Buffer.from(text, "base64")));
    for (const one of cases) if (one.run === run) await one.log(writer, madeHere);
    await writer.close();
  }
}
