/** The sessions for as long as the page is open. */
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
    // What the first answer goes by: only a catalog or an epoch after these asks again.
    let known = catalog.peek();
    let knownEpoch = epoch.peek();
    const feed = new HParamsFeed({
      fetchTable: fetchHParams,
      fetchLast,
      describeError,
      // A page in the background draws nothing, and is not waited for.
      drawn: () =>
        document.hidden
          ? Promise.resolve()
          : new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
      now: () => performance.now(),
      onChange() {
        data.value = feed.data;
        error.value = feed.error;
      },
    });
    const stopCatalog = effect(() => {
      if (catalog.value !== known || epoch.value !== knownEpoch) feed.wantTable();
      [known, knownEpoch] = [catalog.value, epoch.value];
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
