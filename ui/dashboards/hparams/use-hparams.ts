/** The experiment's sessions for as long as the page is open. */
import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { HParamsJson } from "../../../server/api/types.ts";
import { describeError, fetchHParams, fetchLast } from "../../app/api.ts";
import { catalog, epoch, onPoints } from "../../app/session.ts";
import { HParamsFeed } from "./hparams-feed.ts";

export function useHParams(): {
  readonly data: ReadonlySignal<HParamsJson | null>;
  readonly error: ReadonlySignal<string | null>;
} {
  const data = useSignal<HParamsJson | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    const feed = new HParamsFeed({
      fetchTable: fetchHParams,
      fetchLast,
      describeError,
      now: () => performance.now(),
      onChange() {
        data.value = feed.data;
        error.value = feed.error;
      },
    });
    const stopCatalog = effect(() => {
      // Read, so that a change of either asks again.
      void [catalog.value, epoch.value];
      feed.wantTable();
    });
    const stopPoints = effect(() => {
      const tags = (catalog.value?.tags ?? []).filter(({ data_class }) => data_class === "scalar");
      const stops = tags.map(({ id, tag }) => onPoints(id, (runs) => feed.wantValues(tag, runs)));
      return () => {
        for (const one of stops) one();
      };
    });
    return () => {
      feed.dispose();
      stopCatalog();
      stopPoints();
    };
  }, []);
  return { data, error };
}
