/**
 * TensorBoard's flags that mean nothing here. Those that a script may go on giving are accepted, and it is said why they
 * change nothing; those that ask for what tsboard does not do are refused, with what to do instead.
 * The list is that of `tensorboard --helpfull` 2.21 (`plugins/core/core_plugin.py` and absl's own).
 */
import { type Command, Option } from "commander";

interface Unused {
  /** Why it changes nothing. */
  readonly reason: string;
  /** Values that ask for what tsboard does anyway: nothing needs to be said of them. */
  readonly same?: readonly string[];
}

const LOGGING = "tsboard has no levels of logging: it says what matters on standard error";
const READ_ON = "all files of a run are always read on";

/** Flags without effect, without their dashes. */
export const WITHOUT_EFFECT: Readonly<Record<string, Unused>> = {
  load_fast: { reason: "there is one way to read files, and it is the fast one", same: ["true", "auto"] },
  reload_multifile: { reason: READ_ON, same: ["true"] },
  reload_multifile_inactive_secs: { reason: READ_ON, same: ["-1"] },
  detect_file_replacement: {
    reason: "a file that was replaced is always noticed and read anew",
    same: ["true"],
  },
  purge_orphaned_data: {
    reason:
      "what a restarted run overtakes is always set aside, and never lost: tsboard export --overtaken writes it",
    same: ["true"],
  },
  reload_task: { reason: "changes are pushed as they happen, beside the serving", same: ["auto", "thread"] },
  max_reload_threads: { reason: "--threads says how many threads read" },
  generic_data: { reason: "there is one way to read data", same: ["auto", "true"] },
  reuse_port: { reason: "ports are not shared: whoever holds the port has to let go of it", same: ["false"] },
  extra_data_server_flags: { reason: "there is no separate data server", same: [""] },
  grpc_creds_type: { reason: "there is no data server to connect to", same: ["local"] },
  verbosity: { reason: LOGGING },
  logtostderr: { reason: LOGGING },
  alsologtostderr: { reason: LOGGING },
  stderrthreshold: { reason: LOGGING },
  showprefixforinfo: { reason: LOGGING },
  logger_levels: { reason: LOGGING },
  log_dir: { reason: `${LOGGING}; the directory of the runs is --logdir` },
};

const NO_DATABASE =
  "tsboard reads event files, not databases: give the folder they were imported from, --logdir DIR";
const PYTHON = "it is for those who look for errors in a Python program";

/** Flags that are refused, without their dashes, and what to do instead. An empty value turns them off, as in stock. */
export const REFUSED: Readonly<Record<string, string>> = {
  db: NO_DATABASE,
  db_import: NO_DATABASE,
  grpc_data_provider:
    "tsboard asks no other server for data: start it where the logs are, and reach it there (ssh -L 6006:localhost:6006 HOST)",
  flagfile: "write the flags on the command line",
  undefok: "leave out the flags that tsboard does not have",
  helpshort: "--help is short",
  helpxml: "--help is for people only",
  only_check_args: PYTHON,
  only_check_flags: PYTHON,
  pdb: PYTHON,
  pdb_post_mortem: PYTHON,
  run_with_pdb: PYTHON,
  run_with_profiling: PYTHON,
  use_cprofile_for_profiling: PYTHON,
  profile_file: PYTHON,
};

/** Makes a command accept these flags, unseen in its help. */
export function addStockFlags(command: Command): void {
  for (const name of [...Object.keys(WITHOUT_EFFECT), ...Object.keys(REFUSED)]) {
    const short = name === "verbosity" ? "-v, " : "";
    command.addOption(new Option(`${short}--${name} [value]`).hideHelp());
  }
}

/**
 * What is to be said about those of the flags that were given: a line each.
 *
 * @throws Error at one that is refused
 */
export function stockNotes(given: Readonly<Record<string, unknown>>): string[] {
  for (const [name, instead] of Object.entries(REFUSED))
    if (given[name] !== undefined && given[name] !== "")
      throw new Error(`--${name} is not supported: ${instead}`);
  return Object.entries(WITHOUT_EFFECT)
    .filter(
      ([name, { same = [] }]) =>
        given[name] !== undefined && !same.includes(String(given[name]).toLowerCase()),
    )
    .map(([name, { reason }]) => `--${name} has no effect: ${reason}`);
}
