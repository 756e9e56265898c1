/** Live memory of each device over the step, and what is alive when it is most. */

import { groupBy } from "../group-by.ts";
import type { GraphDeviceMemory, GraphMemory } from "../views.ts";
import type { JoinedStep } from "./joined-step.ts";
import type { Lifetime, LiveLine } from "./lifetimes.ts";

/** More points than pixels show nothing more: from so many on, each stretch of time keeps its highest and last. */
const MOST_POINTS = 8192;
/** Nodes that are listed at the peak. */
const MOST_AT_PEAK = 1000;

export function memoryOf(joined: JoinedStep): GraphMemory {
  const { step, lifetimes } = joined;
  const groups = groupBy(lifetimes.all.keys(), (number) => {
    const { execution, allocator } = lifetimes.all[number]!;
    return `${step.device[execution]} ${allocator}`;
  });
  const devices = [...groups.values()].map((group) => deviceMemory(joined, group));
  devices.sort((a, b) => (b.peak?.bytes ?? 0) - (a.peak?.bytes ?? 0));
  return { devices };
}

/** @param numbers of lifetimes: those of a device's allocator */
function deviceMemory(joined: JoinedStep, numbers: readonly number[]): GraphDeviceMemory {
  const { step, lifetimes } = joined;
  const group = numbers.map((number) => lifetimes.all[number]!);
  const { execution, allocator } = group[0]!;
  const first = step.firstStart;
  const line = lifetimes.line(numbers);
  const { micros, live } = reduced(line);
  return {
    device: step.deviceOf(execution),
    allocator,
    micros: micros.map((time) => time - first),
    live_bytes: live,
    peak: line.peak.bytes > 0 ? { micros: line.peak.micros - first, bytes: line.peak.bytes } : null,
    at_peak: aliveAt(joined, group, line.peak.micros),
    source: lifetimes.source,
  };
}

function aliveAt(
  { step, shownNames }: JoinedStep,
  group: readonly Lifetime[],
  moment: number,
): GraphDeviceMemory["at_peak"] {
  const first = step.firstStart;
  const alive = group.filter(({ from, to }) => from <= moment && to > moment);
  const byName = [...groupBy(alive, ({ execution }) => shownNames[step.name[execution]!]!)].map(
    ([name, own]) => {
      let [bytes, from, to] = [0, Infinity, -Infinity];
      for (const one of own) {
        bytes += one.bytes;
        from = Math.min(from, one.from);
        to = Math.max(to, one.to);
      }
      return {
        name,
        bytes,
        from_micros: from - first,
        to_micros: Number.isFinite(to) ? to - first : null,
      };
    },
  );
  return byName.sort((a, b) => b.bytes - a.bytes).slice(0, MOST_AT_PEAK);
}

/** At most some thousand points, with every peak. */
function reduced({ micros, live }: LiveLine): { micros: number[]; live: number[] } {
  if (micros.length <= MOST_POINTS) return { micros, live };
  const start = micros[0]!;
  const width = (micros.at(-1)! - start) / (MOST_POINTS / 2);
  const kept: number[] = [];
  let highest = 0;
  for (let i = 0; i < micros.length; i++) {
    if (live[i]! > live[highest]!) highest = i;
    const isLast =
      i + 1 === micros.length ||
      Math.floor((micros[i + 1]! - start) / width) > Math.floor((micros[i]! - start) / width);
    if (!isLast) continue;
    if (highest !== i) kept.push(highest);
    kept.push(i);
    highest = i + 1;
  }
  return { micros: kept.map((i) => micros[i]!), live: kept.map((i) => live[i]!) };
}
