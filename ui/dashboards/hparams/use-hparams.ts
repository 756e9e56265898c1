/** The experiment's sessions for as long as the page is open, asked for again when runs or points come. */
import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HParamsJson } from "../../../server/api/types.ts";
import { describeError, fetchHParams } from "../../app/api.ts";
import { catalog, epoch, onPoints } from "../../app/session.ts";

/** Between two questions: a sweep's table is no curve. */
const PAUSE_MS = 1000;

export function useHParams(): {
  readonly data: ReadonlySignal<HParamsJson | null>;
  readonly error: ReadonlySignal<string | null>;
} {
  const data = useSignal<HParamsJson | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let again = false;
    const ask = async (): Promise<void> => {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      again = false;
      try {
        data.value = await fetchHParams(stop.signal);
        error.value = null;
      } catch (reason) {
        if (stop.signal.aborted) return;
        error.value = describeError(reason);
        again = true;
      }
      timer = setTimeout(() => {
        busy = false;
        if (again) void ask();
      }, PAUSE_MS);
    };
    const stopCatalog = effect(() => {
      // Read, so that a change of either asks again.
      void [catalog.value, epoch.value];
      void ask();
    });
    const stopPoints = effect(() => {
      const tags = (catalog.value?.tags ?? []).filter(({ data_class }) => data_class === "scalar");
      const stops = tags.map(({ id }) => onPoints(id, () => void ask()));
      return () => {
        for (const one of stops) one();
      };
    });
    return () => {
      stop.abort();
      clearTimeout(timer);
      stopCatalog();
      stopPoints();
    };
  }, []);
  return { data, error };
}
