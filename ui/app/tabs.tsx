/** The dashboards: as tabs while they fit, those with data first, and all others in a menu at the end. */
import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Dashboard, dashboards, withoutDashboard } from "../dashboards/index.ts";
import { currentDashboard, orderedDashboards } from "./current-dashboard.ts";
import { words } from "./format.ts";
import { Icon } from "./icons.tsx";
import { usePopup } from "./popup.ts";
import { catalog } from "./session.ts";
import { tabsThatFit } from "./tabs-that-fit.ts";
import { dashboardName } from "./url-state.ts";

export function Tabs() {
  const { withData, without } = orderedDashboards.value;
  const missing = useComputed(() => withoutDashboard((catalog.value?.tags ?? []).map((tag) => tag.plugin)));
  const bar = useRef<HTMLElement>(null);
  const names = withData.map(({ name }) => name).join();
  const fits = useFitting(bar, names, without.length + missing.value.length > 0);
  const rest = [...withData.slice(fits), ...without];
  const current = currentDashboard.value;
  return (
    <nav class="tabs" aria-label="Dashboards" ref={bar}>
      {/* Tabs that do not fit are there unseen, for their widths. */}
      <div class="tab-row">
        {withData.map((dashboard, i) => (
          <Tab key={dashboard.name} dashboard={dashboard} hidden={i >= fits} />
        ))}
      </div>
      <MoreTabs
        dashboards={rest}
        empty={without}
        current={rest.includes(current) ? current : null}
        missing={missing.value}
      />
    </nav>
  );
}

function Tab({ dashboard: { name, title }, hidden }: { dashboard: Dashboard; hidden: boolean }) {
  return (
    <a
      href={`#${name}`}
      aria-current={currentDashboard.value.name === name ? "page" : undefined}
      class={hidden ? "is-hidden" : ""}
      onClick={(event) => {
        event.preventDefault();
        dashboardName.value = name;
      }}
    >
      {title}
    </a>
  );
}

/** How many of the tabs of a bar fit into it beside its menu. @param names what they are, for whoever follows them */
function useFitting(bar: { readonly current: HTMLElement | null }, names: string, hasMenu: boolean): number {
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return;
    const measure = (): void => {
      const row = element.querySelector<HTMLElement>(".tab-row")!;
      const tabs = [...row.children].map((tab) => (tab as HTMLElement).offsetWidth);
      const gap = Number.parseFloat(getComputedStyle(row).columnGap);
      const menu = element.querySelector<HTMLElement>(".more-tabs")?.offsetWidth ?? 0;
      setFits(tabsThatFit({ tabs, gap, menu, hasMenu, room: element.clientWidth }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [names, hasMenu]);
  return fits;
}

interface MoreProps {
  readonly dashboards: readonly Dashboard[];
  /** Those of them without data. */
  readonly empty: readonly Dashboard[];
  /** The one that is shown, where it has no tab of its own. */
  readonly current: Dashboard | null;
  readonly missing: readonly string[];
}

/** The button has room for any title, so that its width is always the same. */
const WIDEST = dashboards.reduce((widest, { title }) => (title.length > widest.length ? title : widest), "");

function MoreTabs({ dashboards: listed, empty, current, missing }: MoreProps) {
  const open = useSignal(false);
  const root = usePopup(open.value, () => (open.value = false));
  const isEmpty = listed.length + missing.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the button and the links
    <div
      class={`menu more-tabs${isEmpty ? " is-empty" : ""}`}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open.value) return;
        open.value = false;
        root.current?.querySelector("button")?.focus();
        event.stopPropagation();
      }}
    >
      <button
        type="button"
        class={`more-button${current ? " is-current" : ""}`}
        data-widest={WIDEST}
        aria-expanded={open.value}
        aria-label={current ? `${current.title}; more dashboards` : "More dashboards"}
        onClick={() => (open.value = !open.value)}
      >
        <span class="more-shown">
          <span>{current?.title ?? "More"}</span>
          <Icon name="chevron" />
        </span>
      </button>
      {open.value && (
        <div class="popup">
          {listed.map((dashboard) => (
            <a
              key={dashboard.name}
              href={`#${dashboard.name}`}
              class={empty.includes(dashboard) ? "is-empty" : ""}
              aria-current={dashboard === current ? "page" : undefined}
              onClick={(event) => {
                event.preventDefault();
                open.value = false;
                dashboardName.value = dashboard.name;
              }}
            >
              {dashboard.title}
              {empty.includes(dashboard) && <small>no data</small>}
            </a>
          ))}
          {missing.length > 0 && <p class="muted">No dashboard yet for {words(missing)}</p>}
        </div>
      )}
    </div>
  );
}
