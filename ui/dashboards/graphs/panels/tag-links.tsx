/** Links from a node to the scalars, histograms and images of its tags: those that begin with its name. */
import { useComputed } from "@preact/signals";
import { catalog } from "../../../app/session.ts";
import { nameFilterLink } from "./tag-filter-link.ts";

const MOST = 12;

/** Dashboards have the names of their plugins. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ["scalars", "Scalars"],
  ["histograms", "Histograms"],
  ["images", "Images"],
  ["audio", "Audio"],
  ["text", "Text"],
]);

export function TagLinks({ name }: { name: string }) {
  const tags = useComputed(() => {
    const plain = name.replace(/\/\([^/]*\)$/, "");
    if (plain === "") return [];
    return (catalog.value?.tags ?? []).filter(
      ({ tag }) => tag === plain || tag.startsWith(`${plain}/`) || tag.startsWith(`${plain}_`),
    );
  });
  const linked = tags.value.flatMap((tag) => {
    const title = TITLES.get(tag.plugin);
    return title === undefined ? [] : [{ tag, dashboard: { name: tag.plugin, title } }];
  });
  if (linked.length === 0) return null;
  return (
    <section class="card-section">
      <h3>Written with its name</h3>
      <ul class="links">
        {linked.slice(0, MOST).map(({ tag, dashboard }) => (
          <li key={tag.id}>
            <a href={nameFilterLink(dashboard.name, tag.tag)}>{tag.tag}</a>
            <span class="muted">{dashboard.title}</span>
          </li>
        ))}
      </ul>
      {linked.length > MOST && <p class="muted">and {linked.length - MOST} more</p>}
    </section>
  );
}
