/** The command line: which command is meant, and how it ends. A command's code is loaded only when it is the one. */
import { normalise } from "./commands/arguments.ts";

/** What the module of a command gives. */
interface CommandModule {
  /** Takes the arguments after the command's name; gives the exit code. Throws Error in words for people. */
  run(args: readonly string[]): Promise<number>;
}

const COMMANDS = {
  serve: () => import("./commands/serve.ts"),
  export: () => import("./commands/export/command.ts"),
  inspect: () => import("./commands/inspect/command.ts"),
  graph: () => import("./commands/graph.ts"),
} satisfies Record<string, () => Promise<CommandModule>>;

const isCommand = (name: string | undefined): name is keyof typeof COMMANDS =>
  name !== undefined && Object.hasOwn(COMMANDS, name);

/**
 * Runs `tsboard ARGS`: the command that the first argument names, else the server. A server goes on when this resolves.
 * Sets the process's exit code: 1 when something is refused or fails, which is then said on standard error.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    const given = normalise(args);
    const { name, rest } = dispatch(given);
    const [word] = given;
    if (rest === given && word !== undefined && !word.startsWith("-")) {
      const { refuseMistyped } = await import("./commands/mistyped.ts");
      refuseMistyped(word, [...Object.keys(COMMANDS), "help"]);
    }
    const { run } = await COMMANDS[name]();
    const code = await run(rest);
    if (code !== 0) process.exitCode = code;
  } catch (error) {
    console.error(`tsboard: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function dispatch(args: readonly string[]): { name: keyof typeof COMMANDS; rest: readonly string[] } {
  const [first, second] = args;
  if (isCommand(first)) return { name: first, rest: args.slice(1) };
  if (first === "help") return { name: isCommand(second) ? second : "serve", rest: ["--help"] };
  return { name: "serve", rest: args };
}
