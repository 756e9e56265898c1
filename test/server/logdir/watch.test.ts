/** Watching folders: what changes in them is told by name, by the system or, where it tells nothing, by looking. */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { DirectoryWatcher } from "../../../server/logdir/watch.ts";
import { temporaryDirectory } from "../../tools/records.ts";

const NAME = "events.out.tfevents.1.host";

function watching(polling: boolean, ...directories: string[]) {
  const told: string[] = [];
  let ready = 0;
  const watcher = new DirectoryWatcher(20, {
    changed: (directory, name) => told.push(`${path.basename(directory)} ${name}`),
    watching: () => ready++,
    watchingOne: () => ready++,
    unwatchable: (_directory, message) => told.push(message),
  });
  onTestFinished(() => watcher.close());
  for (const directory of directories) watcher.add(directory, { polling, anew: false });
  watcher.start();
  return { watcher, told, isReady: (times: number) => vi.waitFor(() => expect(ready).toBe(times), 5000) };
}

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 10 });

describe.each([false, true])("a folder, polling: %s", (polling) => {
  test("tells what is appended to its event files, and what comes and goes", async () => {
    const folder = path.join(temporaryDirectory(), "run");
    mkdirSync(folder);
    writeFileSync(path.join(folder, NAME), "");
    const { told, isReady } = watching(polling, folder);
    await isReady(1);
    appendFileSync(path.join(folder, NAME), "more");
    await eventually(() => expect(told).toContain(`run ${NAME}`));
    told.length = 0;
    mkdirSync(path.join(folder, "below"));
    await eventually(() => expect(told).toContain(polling ? "run null" : "run below"));
    told.length = 0;
    rmSync(path.join(folder, NAME));
    await eventually(() => expect(told.length).toBeGreaterThan(0));
  });
});

test("a folder that is another one by now is watched anew", async () => {
  const folder = path.join(temporaryDirectory(), "run");
  mkdirSync(folder);
  const { watcher, told, isReady } = watching(false, folder);
  await isReady(1);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  watcher.add(folder, { polling: false, anew: true });
  await isReady(2);
  told.length = 0;
  writeFileSync(path.join(folder, NAME), "");
  await eventually(() => expect(told).toContain(`run ${NAME}`));
});

test("of a folder that is watched for one name, changes of others are not told", async () => {
  const folder = path.join(temporaryDirectory(), "above");
  mkdirSync(folder);
  const { watcher, told, isReady } = watching(false);
  watcher.add(folder, { polling: false, anew: false, only: "logs" });
  await isReady(1);
  writeFileSync(path.join(folder, "other"), "");
  mkdirSync(path.join(folder, "logs"));
  await eventually(() => expect(told).toEqual(["above logs"]));
});
