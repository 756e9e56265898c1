/** The dashboards: as tabs while they fit, those with data first, and all others in a menu at the end. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Dashboard, withoutDashboard } from "../dashboards/index.ts";
import { currentDashboard, orderedDashboards } from "./current-dashboard.ts";
import { words } from "./format.ts";
import { Icon } from "./icons.tsx";
import { catalog } from "./session.ts";
import { dashboardName } from "./url-state.ts";

export function Tabs() {
  const { withData, without } = orderedDashboards.value;
  const missing = useComputed(() => withoutDashboard((catalog.value?.tags ?? []).map((tag) => tag.plugin)));
  const row = useRef<HTMLDivElement>(null);
  const fits = useFitting(row, withData.map(({ name }) => name).join());
  const rest = [...withData.slice(fits), ...without];
  const current = currentDashboard.value;
  return (
    <nav class="tabs" aria-label="Dashboards">
      {/* Tabs that do not fit wrap below the bar, out of sight: so it is known which they are. */}
      <div class="tab-row" ref={row}>
        {withData.map((dashboard, i) => (
          <Tab key={dashboard.name} dashboard={dashboard} hidden={i >= fits} />
        ))}
      </div>
      {(rest.length > 0 || missing.value.length > 0) && (
        <MoreTabs
          dashboards={rest}
          empty={without}
          current={rest.includes(current) ? current : null}
          missing={missing.value}
        />
      )}
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

/** How many of the row's children stand on its first line. */
function useFitting(row: { readonly current: HTMLElement | null }, names: string): number {
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return;
    const measure = (): void => {
      const children = [...element.children].filter((child) => child instanceof HTMLElement);
      const first = children[0]?.offsetTop ?? 0;
      const fitting = children.findIndex(
        (child) => child.offsetTop > first || child.offsetLeft + child.offsetWidth > element.clientWidth + 1,
      );
      setFits(fitting < 0 ? children.length : fitting);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [names]);
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

function MoreTabs({ dashboards, empty, current, missing }: MoreProps) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open.value) return;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) open.value = false;
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open.value]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the button and the links
    <div
      class="menu more-tabs"
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
        aria-expanded={open.value}
        aria-label={current ? `${current.title}; more dashboards` : "More dashboards"}
        onClick={() => (open.value = !open.value)}
      >
        {current?.title ?? "More"}
        <Icon name="chevron" />
      </button>
      {open.value && (
        <div class="popup">
          {dashboards.map((dashboard) => (
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
