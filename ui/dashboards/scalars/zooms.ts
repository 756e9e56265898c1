/** The zoom of every card, as one parameter of the address: `low_high_low_high_tag`, one entry a card. */
import { joinList, splitList, type UrlField } from "../../app/url-fields.ts";
import type { Range, Zoom } from "../../charts/line.ts";

export type Zooms = ReadonlyMap<string, Zoom>;

export const zoomsField: UrlField<Zooms> = {
  fallback: new Map(),
  parse(text) {
    const zooms = new Map<string, Zoom>();
    for (const entry of splitList(text)) {
      const [x0, x1, y0, y1, ...tag] = entry.split("_");
      const zoom: Zoom = { x: parseRange(x0, x1), y: parseRange(y0, y1) };
      if (tag.length > 0 && (zoom.x || zoom.y)) zooms.set(tag.join("_"), zoom);
    }
    return zooms;
  },
  format(zooms) {
    if (zooms.size === 0) return undefined;
    return joinList(
      [...zooms].map(([tag, { x, y }]) => [...formatRange(x), ...formatRange(y), tag].join("_")),
    );
  },
};

/** The zooms with one card's replaced; an empty zoom is left out. */
export function withZoom(zooms: Zooms, tag: string, zoom: Zoom | null): Zooms {
  const next = new Map(zooms);
  if (zoom && (zoom.x || zoom.y)) next.set(tag, zoom);
  else next.delete(tag);
  return next;
}

/** The zooms without their x part, for when x becomes something else. */
export function withoutX(zooms: Zooms): Zooms {
  let next: Zooms = new Map();
  for (const [tag, { y }] of zooms) next = withZoom(next, tag, { x: null, y });
  return next;
}

function parseRange(low: string | undefined, high: string | undefined): Range | null {
  if (!low || !high) return null;
  const range: Range = [Number(low), Number(high)];
  return range.every(Number.isFinite) && range[0] < range[1] ? range : null;
}

/** Digits enough for a thousandth of the range: more would only make the link long. */
function formatRange(range: Range | null): [string, string] {
  if (!range) return ["", ""];
  const [low, high] = range;
  const magnitude = Math.max(Math.abs(low), Math.abs(high)) / (high - low);
  const digits = Math.min(17, 5 + Math.ceil(Math.log10(Math.max(1, magnitude))));
  return [String(Number(low.toPrecision(digits))), String(Number(high.toPrecision(digits)))];
}
