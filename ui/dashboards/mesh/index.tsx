/** The mesh dashboard: a card a mesh, in it every run's at the step that the page looks at, under cameras that are tied. */
import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { TagInfo } from "../../../server/api/types.ts";
import { runsById, tagsOf } from "../../app/session.ts";
import { Board } from "../../board/board.tsx";
import { MeshCard } from "./card.tsx";
import { followMeshes, meshes } from "./listing.ts";
import { Tools } from "./tools.tsx";
import "./mesh.css";

export { guide } from "./guide.ts";

export default function Meshes() {
  useEffect(followMeshes, []);
  const items = useComputed(() => itemsOf(tagsOf("mesh")));
  return (
    <Board plugins={["mesh"]} items={items} card={MeshCard} tools={<Tools />} fluid steps cardWidth={460} />
  );
}

/** A tag a mesh, under the name that was given to the writer: the tags of its parts say nothing to people. */
function itemsOf(parts: readonly TagInfo[]): TagInfo[] {
  const partOf = new Map(parts.map((part) => [part.tag, part]));
  const idOf = new Map([...runsById.value.values()].map(({ id, name }) => [name, id]));
  const items = new Map<string, TagInfo>();
  for (const { run, name, vertices, faces, colors, description, display_name } of meshes.value) {
    const part = partOf.get(vertices ?? faces ?? colors ?? "");
    const id = idOf.get(run);
    if (!part || id === undefined) continue;
    const known = items.get(name);
    const runs = [...(known?.runs ?? []), id];
    items.set(name, known ? { ...known, runs } : { ...part, tag: name, display_name, description, runs });
  }
  return [...items.values()];
}
