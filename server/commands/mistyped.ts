/** Commands that were mistyped: without a word they would be log folders that do not exist yet. */
import { existsSync } from "node:fs";
import { Command } from "commander";

/**
 * @param word the first argument, which names no command
 * @param names of the commands
 * @throws Error with the name that was meant, where one is near and no file has the other
 */
export function refuseMistyped(word: string, names: readonly string[]): void {
  if (!/^[a-z]+$/i.test(word) || existsSync(word)) return;
  const meant = nearest(word, names);
  if (meant === undefined) return;
  throw new Error(
    `there is no command "${word}": did you mean \`tsboard ${meant}\`? (a log directory of that name is given as --logdir ${word})`,
  );
}

/** What commander would suggest; it says so on its way out only. */
function nearest(word: string, names: readonly string[]): string | undefined {
  let said = "";
  const writeErr = (text: string): void => {
    said += text;
  };
  const program = new Command().exitOverride().configureOutput({ writeErr });
  for (const name of names) program.command(name);
  try {
    program.parse([word], { from: "user" });
  } catch {
    return /Did you mean (?:one of )?(\w+)/.exec(said)?.[1];
  }
  return undefined;
}
