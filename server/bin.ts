#!/usr/bin/env node
/** The command `tsboard`. */
import { runCommand } from "./cli.ts";

await runCommand(process.argv.slice(2));
