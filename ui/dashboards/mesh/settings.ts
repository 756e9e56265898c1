/** What the mesh dashboard lets a person choose, all of it in the address. */
import { choiceField, joinList, numberField, splitList, type UrlField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import type { CameraPlace } from "../../scene/camera-place.ts";

/** How a surface is drawn. */
export type Surface = "shaded" | "flat" | "wireframe" | "points";
/** Which meshes one camera looks at: all of a card, all of the page, one alone. */
export type Tie = "card" | "page" | "none";

export const POINT_SIZE = { min: 0.25, max: 8, usual: 1 };

export const surface = urlSignal(
  "mesh_surface",
  choiceField<Surface>(["shaded", "flat", "wireframe", "points"]),
  { lasting: true },
);
export const tie = urlSignal("mesh_cameras", choiceField<Tie>(["card", "page", "none"]), { lasting: true });
export const pointSize = urlSignal(
  "mesh_points",
  numberField(POINT_SIZE.usual, POINT_SIZE.min, POINT_SIZE.max),
  { lasting: true },
);

/** Where cameras were moved to, by what they look at; others stand where all is in sight. */
export type Places = ReadonlyMap<string, CameraPlace>;

export const placesField: UrlField<Places> = {
  fallback: new Map(),
  parse(text) {
    const places = new Map<string, CameraPlace>();
    for (const entry of splitList(text)) {
      const [x, y, z, tx, ty, tz, ...id] = entry.split("_");
      const [px, py, pz, qx, qy, qz] = [x, y, z, tx, ty, tz].map((part) =>
        part ? Number(part) : Number.NaN,
      );
      const numbers = [px!, py!, pz!, qx!, qy!, qz!] as const;
      if (!numbers.every(Number.isFinite) || id.length === 0) continue;
      places.set(id.join("_"), {
        position: [numbers[0], numbers[1], numbers[2]],
        target: [numbers[3], numbers[4], numbers[5]],
        zoom: 1,
      });
    }
    return places;
  },
  format(places) {
    if (places.size === 0) return undefined;
    return joinList(
      [...places].map(([id, { position, target }]) => [...[...position, ...target].map(short), id].join("_")),
    );
  },
};

const short = (value: number): string => String(Number(value.toPrecision(5)));

export const places = urlSignal("mesh_views", placesField);

/** Moves the camera of what it looks at; null: back to where all is in sight. */
export function setPlace(id: string, place: CameraPlace | null): void {
  const next = new Map(places.peek());
  if (place) next.set(id, place);
  else next.delete(id);
  places.value = next;
}
