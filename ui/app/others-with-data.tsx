/** On a page without data: the dashboards that have some. */
import { orderedDashboards } from "./current-dashboard.ts";
import { dashboardName } from "./url-state.ts";

export function OthersWithData() {
  const others = orderedDashboards.value.withData;
  if (others.length === 0) return null;
  return (
    <p>
      There is something under{" "}
      {others.map(({ name, title }, i) => (
        <>
          {i === 0 ? "" : i === others.length - 1 ? " and " : ", "}
          <a
            key={name}
            href={`#${name}`}
            onClick={(event) => {
              event.preventDefault();
              dashboardName.value = name;
            }}
          >
            {title}
          </a>
        </>
      ))}
      .
    </p>
  );
}
