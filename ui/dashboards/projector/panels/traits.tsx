/** What sets some points apart from the others, in words. */
import { formatValue } from "../../../app/format.ts";
import type { ClusterTrait } from "../../../projection/types.ts";

export function Traits({ traits }: { traits: readonly ClusterTrait[] }) {
  if (traits.length === 0) return null;
  return (
    <ul class="pj-traits" aria-label="What sets them apart">
      {traits.slice(0, 5).map((trait) => (
        <li key={`${trait.column}${"value" in trait ? trait.value : ""}`}>
          {"value" in trait ? (
            <>
              <b>
                {trait.column} is {trait.value === "" ? "empty" : trait.value}
              </b>{" "}
              in {percent(trait.inside)}, of the others in {percent(trait.outside)}
            </>
          ) : (
            <>
              <b>
                {trait.column} is {trait.deviations > 0 ? "high" : "low"}
              </b>
              : mean {formatValue(trait.mean, 3)}, of the others {formatValue(trait.outsideMean, 3)}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 1 ? "under 1" : Math.round(value)} %`;
}
