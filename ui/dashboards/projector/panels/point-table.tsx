/** All points as a list: where there is no picture, they are found here. */
import { useMemo } from "preact/hooks";
import { isShown } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { PointList } from "./point-list.tsx";

export function PointTable() {
  const total = main.rows.value;
  const shown = isShown.value;
  const rows = useMemo(
    () => Uint32Array.from(Array.from({ length: total }, (_, row) => row).filter(shown)),
    [total, shown],
  );
  return <PointList label="All points" rows={rows} most={24} />;
}
