/** Sessions that are trials of the same: by the writer's names for them, or by what they were given. */
import type { HParamsJson, HParamsSession } from "../../../server/api/types.ts";

/** A trial's sessions, by a name that is unique in the table. */
export type Trials = ReadonlyMap<string, readonly HParamsSession[]>;

/**
 * Those that the writer calls a trial are one, and of the rest those that were given the same.
 *
 * @param over ids of columns that sessions of a trial may differ in, such as `h:seed`: where there are any, only what they
 *   were given counts, since writers name trials by all of it
 */
export function trialsOf({ hparams, sessions }: HParamsJson, over: ReadonlySet<string>): Trials {
  const counted = hparams.map(({ name }) => !over.has(`h:${name}`));
  const differ = counted.includes(false);
  const trials = new Map<string, HParamsSession[]>();
  for (const session of sessions) {
    const isNamed = session.trial !== session.run && !differ;
    const key = isNamed ? session.trial : (givenTo(session, counted) ?? session.run);
    const others = trials.get(key);
    if (others) others.push(session);
    else trials.set(key, [session]);
  }
  return trials;
}

/** What a session was given, as text; null of one that was given nothing that counts. */
function givenTo({ values }: HParamsSession, counted: readonly boolean[]): string | null {
  const given = values.filter((_, i) => counted[i]);
  // No name of a run or trial: these hold no such text.
  return values.every((value) => value === null) ? null : `\0${JSON.stringify(given)}`;
}
