/** What the page says before there is anything to draw: no server, no directory, no data, still reading. */
import type { Status } from "../../server/api/types.ts";
import { Snippets } from "../board/log-guide.tsx";
import { guide } from "../dashboards/scalars/guide.ts";
import { isUndecided } from "./current-dashboard.ts";
import { EmptyState } from "./empty-state.tsx";
import { count, formatBytes } from "./format.ts";
import { OthersWithData } from "./others-with-data.tsx";
import { catalog, catalogError, status } from "./session.ts";

/** The state to show instead of a dashboard. */
export function StartState() {
  const known = status.value;
  const read = catalog.value;
  if (read === null) return catalogError.value ? <Unreachable reason={catalogError.value} /> : <FirstLoad />;
  if (known === null) return <FirstLoad />;
  if (!known.logdir_readable) return <NoLogdir status={known} />;
  if (known.loading.loading) return <Reading status={known} />;
  if (read.tags.length > 0 || isUndecided.value) return <FirstLoad />;
  return <NothingYet logdir={known.logdir} />;
}

function FirstLoad() {
  return (
    <EmptyState title="Loading…">
      <p class="muted">Asking the server for runs and tags.</p>
    </EmptyState>
  );
}

function Unreachable({ reason }: { reason: string }) {
  return (
    <EmptyState title="No answer from the server">
      <p>The runs could not be read: {reason}.</p>
      <p class="muted">This page keeps trying and will show the runs as soon as the server answers.</p>
    </EmptyState>
  );
}

function NoLogdir({ status: { logdir, logdir_problem } }: { status: Status }) {
  return (
    <EmptyState title="The log directory cannot be read yet">
      <p>
        <code>{logdir}</code>
      </p>
      <p>{logdir_problem ?? "It does not exist, or the server may not read it."}</p>
      <p class="muted">The server is watching for it: this page updates by itself.</p>
    </EmptyState>
  );
}

function Reading({ status: { logdir, loading } }: { status: Status }) {
  return (
    <EmptyState title="Reading the logs…">
      <p>
        <code>{logdir}</code>
      </p>
      <progress max={Math.max(1, loading.bytes)} value={loading.bytes_read} aria-label="Bytes read" />
      <p class="muted">
        {loading.files_read} of {count(loading.files, "file")}, {formatBytes(loading.bytes_read)} of{" "}
        {formatBytes(loading.bytes)}, {count(loading.points, "point")} so far
      </p>
    </EmptyState>
  );
}

function NothingYet({ logdir }: { logdir: string }) {
  return (
    <EmptyState title="No runs yet">
      <p>
        There are no event files in <code>{logdir}</code> so far. The server is watching it: what you write
        shows up here by itself.
      </p>
      <OthersWithData />
      <Snippets guide={guide} />
    </EmptyState>
  );
}
