/** The meshes that there are, asked for whenever the catalog changes while the dashboard is open. */
import { effect, signal } from "@preact/signals";
import type { MeshInfo } from "../../../server/api/types.ts";
import { describeError, fetchMeshes } from "../../app/api.ts";
import { catalog, epoch } from "../../app/session.ts";

export const meshes = signal<readonly MeshInfo[]>([]);
/** Why they could not be listed the last time; null when they could. */
export const listingError = signal<string | null>(null);
/** Whether they were listed once. */
export const listed = signal(false);

const RETRY_MS = 3000;

/** Keeps the list fresh. Returns the way to stop. */
export function followMeshes(): () => void {
  return effect(() => {
    void [catalog.value, epoch.value];
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const fresh = (await fetchMeshes(stop.signal)).meshes;
        if (JSON.stringify(fresh) !== JSON.stringify(meshes.peek())) meshes.value = fresh;
        listingError.value = null;
        listed.value = true;
      } catch (error) {
        if (stop.signal.aborted) return;
        listingError.value = describeError(error);
        timer = setTimeout(() => void ask(), RETRY_MS);
      }
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  });
}
