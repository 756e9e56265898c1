/** Which values are exported: runs and tags by regular expression, and a range of steps. */
import type { Run, Series } from "../../store/run.ts";
import type { Store } from "../../store/store.ts";

export interface Selection {
  /** Null: all. */
  readonly run: RegExp | null;
  readonly tag: RegExp | null;
  /** First and last step; null: no bound. */
  readonly from: number | bigint | null;
  readonly to: number | bigint | null;
  /** Whether values that restarts overtook are given as well. */
  readonly overtaken: boolean;
}

/** A series that was chosen, with the places of its names. */
export interface Chosen {
  readonly run: Run;
  readonly series: Series;
  /** Where its run and its tag stand in {@link Catalog.runs} and {@link Catalog.tags}. */
  readonly runPlace: number;
  readonly tagPlace: number;
}

/** The series of a selection, with each name once. */
export interface Catalog {
  readonly runs: readonly string[];
  readonly tags: readonly string[];
  /** By run, in order of when runs started; within a run in the order in which tags first came. */
  readonly series: readonly Chosen[];
}

/** The series of a plugin that the selection has. */
export function choose(store: Store, plugin: string, { run: runs, tag: tags }: Selection): Catalog {
  const runPlaces = new Map<string, number>();
  const tagPlaces = new Map<string, number>();
  const place = (places: Map<string, number>, name: string) => {
    const known = places.get(name) ?? places.size;
    places.set(name, known);
    return known;
  };
  const series: Chosen[] = [];
  for (const run of store.runs()) {
    if (runs && !runs.test(run.name)) continue;
    for (const one of run.series.values()) {
      if (one.metadata.plugin !== plugin || (tags && !tags.test(one.tag))) continue;
      series.push({
        run,
        series: one,
        runPlace: place(runPlaces, run.name),
        tagPlace: place(tagPlaces, one.tag),
      });
    }
  }
  return { runs: [...runPlaces.keys()], tags: [...tagPlaces.keys()], series };
}

export function inRange({ from, to }: Selection, step: number | bigint): boolean {
  return (from === null || step >= from) && (to === null || step <= to);
}
