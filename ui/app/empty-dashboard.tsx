/** A dashboard that the logs have nothing for: how to log it, and what they hold instead. */
import type { LogGuide } from "../board/log-guide.tsx";
import { Snippets } from "../board/log-guide.tsx";
import { type Dashboard, withoutDashboard } from "../dashboards/index.ts";
import { EmptyState } from "./empty-state.tsx";
import { count, words } from "./format.ts";
import { OthersWithData } from "./others-with-data.tsx";
import { catalog, isCatchingUp, status } from "./session.ts";

interface Props {
  readonly dashboard: Dashboard;
  readonly guide: LogGuide | undefined;
}

export function EmptyDashboard({ dashboard, guide }: Props) {
  const title = dashboard.title.toLowerCase();
  const missing = withoutDashboard((catalog.value?.tags ?? []).map((tag) => tag.plugin));
  return (
    <EmptyState title={`No ${title} in these logs${isCatchingUp.value ? " so far" : ""}`}>
      {guide && <p>{guide.about}</p>}
      {isCatchingUp.value && status.value && (
        <p class="muted">
          Still reading: {status.value.loading.files_read} of {count(status.value.loading.files, "file")}.
        </p>
      )}
      <OthersWithData />
      {missing.length > 0 && (
        <p>
          They hold {words(missing)}, which this version has no dashboard for. The data is read and kept, and
          stock TensorBoard shows it from the same files.
        </p>
      )}
      {guide && <Snippets guide={guide} />}
      <p class="muted">This page updates by itself when {title} are written.</p>
    </EmptyState>
  );
}
