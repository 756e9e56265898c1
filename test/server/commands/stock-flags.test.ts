/**
 * Every flag of `tensorboard` has one defined outcome: it is honoured, it changes nothing and that is said, or it is
 * refused with what to do instead. The list is held against stock's own help where everything is tested.
 */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { isInstalled, python } from "../../../bench/tools/servers.ts";
import { REFUSED, stockNotes, WITHOUT_EFFECT } from "../../../server/commands/stock-flags.ts";
import { bin, runToEnd, serve } from "../../tools/command.ts";
import { isExhaustive } from "../../tools/exhaustive.ts";
import { eventFile, scalarEvent, temporaryDirectory, writeFile } from "../../tools/records.ts";

/** Flags of `tensorboard --helpfull` 2.21 that are TensorBoard's own, or of absl, on which every program of it stands. */
const STOCK_FLAGS =
  `help helpfull logdir logdir_spec host bind_all port reuse_port load_fast extra_data_server_flags
  grpc_creds_type grpc_data_provider purge_orphaned_data db db_import inspect version_tb tag event_file path_prefix
  window_title max_reload_threads reload_interval reload_task reload_multifile reload_multifile_inactive_secs generic_data
  samples_per_plugin detect_file_replacement
  helpshort helpxml only_check_args only_check_flags pdb pdb_post_mortem profile_file run_with_pdb run_with_profiling
  use_cprofile_for_profiling alsologtostderr log_dir logger_levels logtostderr showprefixforinfo stderrthreshold verbosity
  flagfile undefok`.split(/\s+/);

/** Known under another name of the same option, or to the command that came of the flag. */
const HONOURED_UNSEEN = new Set(["helpfull", "inspect", "tag", "event_file"]);

const help = execFileSync(process.execPath, [bin, "--help"], { encoding: "utf8" });

test.each(STOCK_FLAGS)("--%s has one outcome", (flag) => {
  const outcomes = [
    new RegExp(`--${flag}\\b`).test(help) || HONOURED_UNSEEN.has(flag),
    flag in WITHOUT_EFFECT,
    flag in REFUSED,
  ];
  expect(outcomes.filter(Boolean)).toHaveLength(1);
});

test("no others are taken for stock's", () => {
  const known = new Set(STOCK_FLAGS);
  expect(
    [...Object.keys(WITHOUT_EFFECT), ...Object.keys(REFUSED)].filter((flag) => !known.has(flag)),
  ).toEqual([]);
});

// What is asked of stock is saved above.
if (isExhaustive)
  describe.skipIf(python === null || !isInstalled("tensorboard"))("stock's own help", () => {
    test("has these flags and no others", () => {
      // absl ends with 1 after printing its help.
      const text = execFileSync("sh", ["-c", `"${python}" -m tensorboard.main --helpfull || true`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      // Sections of modules that happen to be loaded, such as absl.testing, are not the program's.
      const [own = "", ...sections] = text.split(/^(?=\w+\.[\w.]+:$)/m);
      const absl = sections.filter((section) => /^absl\.(?:app|logging|flags):/.test(section)).join("");
      const named = [
        ...own.matchAll(/^ {2}(?:-\w, )?--(\w+)/gm),
        ...absl.matchAll(/^ {2}(?:-[\w?],)?--(?:\[no\])?(\w+)/gm),
      ].map((match) => match[1]);
      expect(new Set(named)).toEqual(new Set(STOCK_FLAGS));
    });
  });

describe("what is said", () => {
  test("only of flags that were given, a line each", () => {
    expect(stockNotes({ logdir: "runs" })).toEqual([]);
    expect(stockNotes({ load_fast: "false", reload_task: "process", logdir: "runs" })).toEqual([
      "--load_fast has no effect: there is one way to read files, and it is the fast one",
      "--reload_task has no effect: changes are pushed as they happen, beside the serving",
    ]);
  });

  test("nothing where a flag asks for what is done anyway", () => {
    const given = { load_fast: "auto", reload_multifile: "True", purge_orphaned_data: "true", db: "" };
    expect(stockNotes(given)).toEqual([]);
  });

  test.each(Object.keys(REFUSED))("--%s is refused with what to do instead", (flag) => {
    expect(() => stockNotes({ [flag]: "x" })).toThrow(new RegExp(`^--${flag} is not supported: .{10}`));
  });
});

describe("the command", () => {
  const logs = () => {
    const logdir = temporaryDirectory();
    writeFile(logdir, "run/events.out.tfevents.1", eventFile(scalarEvent("loss", 1, 0.5)));
    return logdir;
  };

  test("goes on with every flag that changes nothing, as scripts spell them", async () => {
    const flags = Object.keys(WITHOUT_EFFECT).map((flag) => `--${flag.replaceAll("_", "-")}=other`);
    const { url, err } = await serve("--logdir", logs(), "--port", "0", "-v", "1", ...flags);
    await expect.poll(async () => (await fetch(new URL("data/runs", url))).json()).toEqual(["run"]);
    const said = [...err.matchAll(/^tsboard: --(\w+) has no effect: /gm)].map((match) => match[1]);
    expect(said).toEqual(Object.keys(WITHOUT_EFFECT));
  });

  test("ends with 1 at one that is refused, and says it on standard error", async () => {
    const { code, out, err } = await runToEnd("--logdir", logs(), "--db", "sqlite:x");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^tsboard: --db is not supported: .*--logdir DIR\n$/);
  });

  test("knows what became of tensorboard dev", async () => {
    const { code, err } = await runToEnd("dev", "upload", "--logdir", "runs");
    expect(code).toBe(1);
    expect(err).toContain("was shut down");
  });
});
