/** The graphs dashboard: a network by its name scopes, every node's facts, and where its time and memory go. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { EmptyState } from "../../app/empty-state.tsx";
import { Snippets } from "../../board/log-guide.tsx";
import { GraphActions, notice } from "./actions.ts";
import { readGraphTheme } from "./canvas/look.ts";
import { currentGraph, currentRun, graphKey } from "./choices.ts";
import { followUnion, pictureQuery } from "./compare/as-one.ts";
import { GraphModel } from "./graph-model.ts";
import { guide } from "./guide.ts";
import { listing, listingError } from "./listing.ts";
import { comparedNames, createLooks } from "./look-state.ts";
import { Beside } from "./panels/beside.tsx";
import { Dock } from "./panels/dock.tsx";
import { DropCover, OpenFileButton, startDropping } from "./panels/drop-files.tsx";
import { Picture } from "./panels/picture.tsx";
import { SidePanel } from "./panels/side-panel.tsx";
import { GraphToolbar } from "./panels/toolbar.tsx";
import { Measurer } from "./picture/measure.ts";
import { source } from "./source/sources.ts";
import { dockTab, forgetPicture } from "./state.ts";
import { followTrace, traced } from "./traced.ts";
import "./graphs.css";

export { guide };

export default function Graphs() {
  useEffect(startDropping, []);
  const actions = useMemo(() => {
    const model = new GraphModel(new Measurer(readGraphTheme(false).font));
    return new GraphActions(model);
  }, []);
  const looks = useMemo(() => createLooks(actions.model, comparedNames, traced), [actions]);
  useEffect(() => () => actions.model.dispose(), [actions]);
  useShownGraph(actions);
  useEffect(() => actions.start(), [actions]);
  useEffect(() => followTrace(actions), [actions]);
  useEffect(() => followUnion(), []);
  if (listingError.value !== null && !listing.value) return <ListingFailed />;
  if (!listing.value) return <EmptyState title="Loading…">Asking for the graphs that there are.</EmptyState>;
  const run = currentRun.value;
  if (!run || (run.graphs.length === 0 && run.steps.length === 0)) return <NoGraph />;
  return (
    <div
      class={`graphs${currentGraph.value ? "" : " is-only-trace"}${dockTab.value === "" ? "" : " has-dock"}`}
    >
      <GraphToolbar actions={actions} looks={looks} />
      <div class="graphs-body">
        <div class="graphs-main">
          {currentGraph.value ? <Picture actions={actions} looks={looks} /> : <OnlyTrace />}
          <Beside />
        </div>
        {currentGraph.value && <SidePanel actions={actions} looks={looks} />}
      </div>
      <Dock actions={actions} />
      <DropCover />
    </div>
  );
}

let lastKey: string | null = null;

/** Shows the graph that is chosen; what was open of another one is forgotten. */
function useShownGraph(actions: GraphActions): void {
  useSignalEffect(() => {
    const query = pictureQuery.value;
    const key = graphKey.value;
    if (!query) return;
    const same = actions.model.root.peek() !== null && lastKey === key;
    if (lastKey !== null && lastKey !== key) forgetPicture();
    lastKey = key;
    void actions.model.show(source, query, same);
  });
}

function ListingFailed() {
  return (
    <EmptyState title="The graphs could not be listed">
      <p>{listingError.value}</p>
      <button type="button" class="text-button" onClick={() => location.reload()}>
        Reload the page
      </button>
    </EmptyState>
  );
}

/** A trace has executions without a graph: its panels have the room. */
function OnlyTrace() {
  return (
    <p class="graph-only-trace" role="status">
      {notice.value ?? "This is a profiler’s trace: it has a timeline and a table, but no graph."}
    </p>
  );
}

/** Logs with profiles that are not read, and nothing else to show. */
function UnreadOnly() {
  const run = listing.value?.runs.find(({ unread_profiles: paths }) => paths.length > 0);
  if (!run) return null;
  return (
    <p>
      Run {run.run || "(root)"} has a profile, <code>{run.unread_profiles[0]}</code>: it is an XSpace, which
      is not read here. XProf shows it.
    </p>
  );
}

function NoGraph() {
  return (
    <EmptyState title="No graph in these logs">
      <p>{guide.about}</p>
      <p>{notice.value}</p>
      <UnreadOnly />
      <OpenFileButton label />
      <Snippets guide={guide} />
    </EmptyState>
  );
}
