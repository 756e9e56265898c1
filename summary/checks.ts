/** Checks of what every summary has: a tag, a step, a wall time. */
import { StepError, TagError, ValueError } from "./errors.ts";

const MAX_STEP = 2n ** 63n - 1n;

/** The step, if it is one. Throws {@link StepError}. */
export function checkStep(step: number | bigint): number | bigint {
  if (typeof step === "number" && step >= 0 && Number.isSafeInteger(step)) return step;
  if (typeof step === "bigint" && step >= 0n && step <= MAX_STEP) return step;
  if (typeof step === "number" && step > Number.MAX_SAFE_INTEGER && Number.isInteger(step))
    throw new StepError(`step ${step} is beyond 2^53 - 1, where numbers are not exact: give a bigint`);
  throw new StepError(`step must be an integer from 0 to 2^63 - 1, not ${describe(step)}`);
}

/** Throws {@link TagError} unless `tag` is a string with something in it. */
export function checkTag(tag: string): void {
  if (typeof tag !== "string") throw new TagError(`tag must be a string, not ${describe(tag)}`);
  if (tag.length === 0) throw new TagError("tag must not be empty");
  const half = tag.search(/\p{Surrogate}/u);
  if (half >= 0)
    throw new TagError(
      `tag ${JSON.stringify(tag.slice(0, 40))} has half a character at ${half}, perhaps from a string that was cut: no file can hold it`,
    );
}

/** Seconds since the epoch in the year 5138; milliseconds of 1973. */
const LATEST_SECONDS = 1e11;

/** Throws {@link ValueError} unless `wallTime` is a finite number of seconds. */
export function checkWallTime(wallTime: number): number {
  if (Number.isFinite(wallTime) && wallTime < LATEST_SECONDS) return wallTime;
  if (Number.isFinite(wallTime))
    throw new ValueError(
      `wallTime is seconds since the epoch, and ${wallTime} looks like milliseconds: divide by 1000, as in Date.now() / 1000`,
    );
  throw new ValueError(`wallTime must be seconds since the epoch, not ${describe(wallTime)}`);
}

/** A value as an error names it: its type, and itself where it is short. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return `${typeof value} ${value}`;
  if (typeof value === "string") return `string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === "object") return value.constructor?.name ?? "object";
  return typeof value;
}
