/** Arguments of all commands: their spelling, and texts taken as what they mean. */
import { Command, InvalidArgumentError } from "commander";

/** A command that says what is wrong with its arguments as tsboard says everything else. */
export function newCommand(name: string): Command {
  return new Command(name)
    .allowExcessArguments()
    .showHelpAfterError(`(${name} --help lists the flags)`)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "tsboard: ")) });
}

/** Long flags with `-` become the `_` of TensorBoard; values stay as they are. */
export function normalise(args: readonly string[]): string[] {
  return args.map((arg) => {
    const match = /^(--[a-z][a-z_-]*)(=.*)?$/s.exec(arg);
    if (!match) return arg;
    return `--${match[1]!.slice(2).replaceAll("-", "_")}${match[2] ?? ""}`;
  });
}

/** A whole number from 0 on, of at most so many digits. */
export function toCount(digits: number): (text: string) => number {
  return (text) => {
    if (!new RegExp(`^\\d{1,${digits}}$`).test(text))
      throw new InvalidArgumentError(`a number from 0 to ${10 ** digits - 1}`);
    return Number(text);
  };
}

/** Takes a flag that may be given several times, or with several values between commas. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(",").filter((name) => name !== "")];
}
