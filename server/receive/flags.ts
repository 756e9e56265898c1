/** The flags of `tsboard` that let events in, and what they mean. */
import { type Command, InvalidArgumentError } from "commander";
import { newToken, type ReceiveOptions, toOrigin } from "./access.ts";

/** As commander names them: the flags without their dashes. */
export interface IngestFlags {
  readonly ingest?: boolean;
  readonly ingest_token?: string;
  readonly ingest_origin?: readonly string[];
  readonly ingest_remote?: boolean;
}

export function addIngestFlags(command: Command): void {
  command
    .optionsGroup("Taking events:")
    .option(
      "--ingest",
      "take events over HTTP and write them below the log directory, for trainings in web pages",
    )
    .option(
      "--ingest_token <text>",
      "what writers must show (default: the environment's TSBOARD_INGEST_TOKEN, or a new one, which is printed)",
    )
    .option(
      "--ingest_origin <origin>",
      "further pages that may write, as in https://lab.example (default: this machine's; repeatable)",
      toOrigins,
    )
    .option("--ingest_remote", "take events from other machines too, where the server listens to them");
}

/** Undefined where nobody may write. Throws Error where flags say how, but not that. */
export function toReceiveOptions(flags: IngestFlags): ReceiveOptions | undefined {
  const { ingest, ingest_token, ingest_origin = [], ingest_remote = false } = flags;
  if (ingest)
    return { token: givenToken(flags) ?? newToken(), origins: ingest_origin, remote: ingest_remote };
  if (ingest_token !== undefined || ingest_origin.length > 0 || ingest_remote)
    throw new Error("--ingest_token, --ingest_origin and --ingest_remote need --ingest");
  return undefined;
}

/** What is printed of it; a token that the user chose is not shown again. */
export function describeIngest(flags: IngestFlags, { token }: ReceiveOptions, server: string): string {
  const secret = givenToken(flags) === undefined ? ` with the token ${token}` : "";
  return `events are taken at ${server}api/v1/ingest/events${secret}`;
}

function givenToken({ ingest_token }: IngestFlags): string | undefined {
  return ingest_token ?? (process.env.TSBOARD_INGEST_TOKEN || undefined);
}

function toOrigins(value: string, previous: readonly string[] = []): string[] {
  try {
    return [...previous, toOrigin(value)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
