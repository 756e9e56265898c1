/** Files dropped onto the page or picked: graphs and traces are opened in it, and nothing is uploaded. */
import { batch, signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { describeError } from "../../../app/api.ts";
import { Icon } from "../../../app/icons.tsx";
import { dashboardName } from "../../../app/url-state.ts";
import { notice } from "../actions.ts";
import { chooseStep } from "../choices.ts";
import { addFile } from "../source/sources.ts";
import { dockTab, graphRun, graphTag, graphType } from "../state.ts";

const dragging = signal(false);

/** Opens files one after the other and shows the last that could be opened. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  const problems: string[] = [];
  for (const file of files) {
    try {
      const run = await addFile(file);
      batch(() => {
        dashboardName.value = "graphs";
        graphRun.value = run.run;
        graphType.value = "";
        graphTag.value = "";
        chooseStep(run.steps[0] ?? null);
        if (run.graphs.length === 0) dockTab.value = "timeline";
      });
    } catch (error) {
      problems.push(`${file.name} could not be opened: ${describeError(error)}`);
    }
  }
  notice.value = problems.length > 0 ? problems.join(" ") : null;
}

/** Listens for files on the whole page while the dashboard is shown: others take files of their own. Returns the way to stop. */
export function startDropping(): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  window.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      dragging.value = true;
    },
    { signal },
  );
  window.addEventListener(
    "dragleave",
    (event) => {
      if (event.relatedTarget === null) dragging.value = false;
    },
    { signal },
  );
  window.addEventListener(
    "drop",
    (event) => {
      dragging.value = false;
      if (!hasFiles(event)) return;
      event.preventDefault();
      void openFiles([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
  return () => {
    listening.abort();
    dragging.value = false;
  };
}

/** A button for whoever would rather pick a file than drop it. */
export function OpenFileButton({ label = false }: { label?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const title = "Open a graph or trace: GraphDef, SavedModel, Keras JSON, model.json, Chrome trace";
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to open"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          void openFiles(files);
        }}
      />
      <button
        type="button"
        class={label ? "text-button" : "icon-button"}
        aria-label={label ? undefined : "Open a file"}
        title={title}
        onClick={() => input.current?.click()}
      >
        <Icon name="file" />
        {label && "Open a file"}
      </button>
    </>
  );
}

/** Covers the dashboard while a file is dragged over the page. */
export function DropCover() {
  if (!dragging.value) return null;
  return (
    <div class="graph-drop" aria-hidden="true">
      <p>Drop a GraphDef, SavedModel, Keras JSON, model.json or Chrome trace to see it here</p>
    </div>
  );
}
