/** A card of any kind: the one of the tag's own dashboard, once its code is here. */
import { useEffect } from "preact/hooks";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage } from "../../board/card-message.tsx";
import { kindProblem, loadedKind, wantKind } from "./kinds.ts";

export function AnyCard(props: TagCardProps) {
  const { plugin } = props.tag.value;
  useEffect(() => wantKind(plugin), [plugin]);
  const kind = loadedKind(plugin);
  if (kind) return <kind.card {...props} />;
  const problem = kindProblem(plugin);
  return (
    <>
      <CardHeader />
      <CardMessage kind={problem === null ? "loading" : "error"}>
        {problem !== null && (
          <>
            This card's code could not be loaded: {problem}
            <button type="button" class="text-button" onClick={() => wantKind(plugin)}>
              Try again
            </button>
          </>
        )}
      </CardMessage>
    </>
  );
}
