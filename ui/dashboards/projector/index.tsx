/** The projector: high-dimensional vectors, explored. What to look at on the left, the picture, what is found on the right. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Segmented } from "../../board/controls.tsx";
import { DropTarget } from "./files/file-picker.tsx";
import { BesidePicture, ComparePanel } from "./panels/beside-panel.tsx";
import { BookmarksPanel } from "./panels/bookmarks-panel.tsx";
import { ClustersPanel } from "./panels/clusters-panel.tsx";
import { DataPanel } from "./panels/data-panel.tsx";
import { LookPanel } from "./panels/look-panel.tsx";
import { PointPanel } from "./panels/point-panel.tsx";
import { ProjectionPanel } from "./panels/projection-panel.tsx";
import { SearchPanel } from "./panels/search-panel.tsx";
import { SelectionPanel } from "./panels/selection-panel.tsx";
import { ScatterView } from "./scatter-view.tsx";
import { Start } from "./start.tsx";
import { chosen } from "./state/opening.ts";
import { main } from "./state/pane.ts";
import { startProjector } from "./state/running.ts";
import "./projector.css";

type Side = "setup" | "picture" | "found";

export default function Projector() {
  useEffect(startProjector, []);
  const side = useSignal<Side>("picture");
  const hasPoints = main.data.value !== null;
  const open = hasPoints || chosen.value !== null;
  return (
    <DropTarget>
      {open ? (
        <div class={`projector shows-${side.value}`}>
          <div class="pj-sides">
            <Segmented
              label="Part of the projector"
              choices={[
                { value: "setup", title: "Set up" },
                { value: "picture", title: "Picture" },
                { value: "found", title: "Explore" },
              ]}
              value={side.value}
              onChange={(value) => (side.value = value)}
            />
          </div>
          <section class="pj-panel pj-setup" aria-label="Set up">
            <DataPanel />
            {hasPoints && (
              <>
                <ProjectionPanel />
                <LookPanel />
                <ComparePanel />
              </>
            )}
          </section>
          <div class="pj-middle">
            <Status />
            <div class="pj-pictures">
              <ScatterView />
              <BesidePicture />
            </div>
          </div>
          <section class="pj-panel pj-found" aria-label="Explore">
            {hasPoints && (
              <>
                <SearchPanel />
                <SelectionPanel />
                <PointPanel />
                <ClustersPanel />
                <BookmarksPanel />
              </>
            )}
          </section>
        </div>
      ) : (
        <Start />
      )}
    </DropTarget>
  );
}

/** What is under way, and what went wrong. */
function Status() {
  const task = main.task.value;
  const error = main.error.value;
  if (error !== null)
    return (
      <p class="pj-status pj-error" role="alert">
        {error}
        <button type="button" class="text-button" onClick={() => (main.error.value = null)}>
          Close
        </button>
      </p>
    );
  if (!task) return null;
  const { title, done, of } = task;
  const known = of > 0 && Number.isFinite(of);
  return (
    <div class="pj-status" role="status">
      <span>
        {task.paused ? "Paused" : title}
        {known && task.job ? ` ${Math.round(done)} of ${Math.round(of)}` : ""}
        {!known && task.job && done > 0 ? `, iteration ${Math.round(done)}` : ""}
      </span>
      <progress aria-label={title} max={known ? of : 1} {...(known && { value: done })} />
      {!task.job && (
        <button type="button" class="text-button" onClick={() => task.cancel()}>
          Cancel
        </button>
      )}
    </div>
  );
}
