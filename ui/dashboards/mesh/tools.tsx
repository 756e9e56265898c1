/** The controls of the mesh dashboard. */
import { Segmented, Slider } from "../../board/controls.tsx";
import { POINT_SIZE, pointSize, type Surface, surface, type Tie, tie } from "./settings.ts";

const SURFACES: readonly { readonly value: Surface; readonly title: string }[] = [
  { value: "shaded", title: "Shaded" },
  { value: "flat", title: "Flat" },
  { value: "wireframe", title: "Wires" },
  { value: "points", title: "Points" },
];

const TIES: readonly { readonly value: Tie; readonly title: string }[] = [
  { value: "card", title: "A card's tied" },
  { value: "page", title: "All tied" },
  { value: "none", title: "Each its own" },
];

export function Tools() {
  return (
    <>
      <Segmented
        label="Surfaces"
        choices={SURFACES}
        value={surface.value}
        onChange={(value) => (surface.value = value)}
      />
      <Segmented label="Cameras" choices={TIES} value={tie.value} onChange={(value) => (tie.value = value)} />
      <Slider
        label="Point size"
        min={POINT_SIZE.min}
        max={POINT_SIZE.max}
        step={0.25}
        value={pointSize.value}
        onChange={(value) => (pointSize.value = value)}
      />
    </>
  );
}
