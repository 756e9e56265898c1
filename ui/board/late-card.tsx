/** Cards whose code is fetched when the first of them is near the screen: charts are most of what a page loads. */
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { CardHeader } from "./card-header.tsx";
import { CardMessage } from "./card-message.tsx";
import { late } from "./late.ts";

/** A card that stands for one of `load`'s until it is here; says why where it cannot be had, and tries again when asked. */
export function lateCard<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const { value, problem, want } = late(load);
  return function LateCard(props: Props) {
    useEffect(want, []);
    const Card = value.value;
    return Card ? <Card {...props} /> : <NotHere problem={problem.value} onRetry={want} />;
  };
}

/** The card while its code is on its way, or after it could not be had. */
export function NotHere({ problem, onRetry }: { problem: string | null; onRetry: () => void }) {
  return (
    <>
      <CardHeader />
      <CardMessage kind={problem === null ? "loading" : "error"}>
        {problem !== null && (
          <>
            This card's code could not be loaded: {problem}
            <button type="button" class="text-button" onClick={onRetry}>
              Try again
            </button>
          </>
        )}
      </CardMessage>
    </>
  );
}
