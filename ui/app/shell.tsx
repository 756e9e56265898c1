/** The page: bar along the top, runs on the left, a dashboard in the rest. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Dashboard } from "../dashboards/index.ts";
import { describeError } from "./api.ts";
import { currentDashboard } from "./current-dashboard.ts";
import { EmptyState } from "./empty-state.tsx";
import { catalog, tagsOf } from "./session.ts";
import { Sidebar } from "./sidebar.tsx";
import { isDrawer, sidebarOpen } from "./sidebar-state.ts";
import { NothingForDashboard, StartState } from "./start-states.tsx";
import { TopBar } from "./top-bar.tsx";

export function Shell() {
  const main = useRef<HTMLElement>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: the fragment holds the state of the view, so the link moves the focus itself */}
      <a
        class="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the charts
      </a>
      <TopBar />
      <div class="body">
        {sidebarOpen.value && <Sidebar key={isDrawer.value ? "drawer" : "column"} />}
        <main id="main" ref={main} tabIndex={-1}>
          <Content />
        </main>
      </div>
    </>
  );
}

function Content() {
  const dashboard = currentDashboard.value;
  const hasTags = (catalog.value?.tags.length ?? 0) > 0;
  const hasData = dashboard.plugins.some((plugin) => tagsOf(plugin).length > 0);
  useEffect(() => {
    if (catalog.value && !hasData) markReady();
  });
  if (!hasTags) return <StartState />;
  if (!hasData) return <NothingForDashboard title={dashboard.title} />;
  return <Loaded key={dashboard.name} dashboard={dashboard} />;
}

/** Tells tests, and whoever automates the page, that the first catalog has been rendered. */
function markReady(): void {
  document.documentElement.dataset.ready = "true";
}

/** A dashboard's code is fetched when it is first shown. */
function Loaded({ dashboard }: { dashboard: Dashboard }) {
  const component = useSignal<{ Component: ComponentType } | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    dashboard.load().then(
      (module) => {
        component.value = { Component: module.default };
      },
      (reason: unknown) => {
        error.value = describeError(reason);
      },
    );
  }, [dashboard]);
  useEffect(() => {
    if (component.value) markReady();
  });
  if (error.value !== null)
    return (
      <EmptyState title={`${dashboard.title} could not be loaded`}>
        <p>{error.value}</p>
        <button type="button" class="text-button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </EmptyState>
    );
  if (!component.value) return null;
  const { Component } = component.value;
  return <Component />;
}
