/** A card of any kind: the one of the tag's own dashboard, once its code is here. */
import { useEffect } from "preact/hooks";
import type { TagCardProps } from "../../board/board.tsx";
import { NotHere } from "../../board/late-card.tsx";
import { kindProblem, loadedKind, wantKind } from "./kinds.ts";

export function AnyCard(props: TagCardProps) {
  const { plugin } = props.tag.value;
  useEffect(() => wantKind(plugin), [plugin]);
  const kind = loadedKind(plugin);
  if (kind) return <kind.card {...props} />;
  return <NotHere problem={kindProblem(plugin)} onRetry={() => wantKind(plugin)} />;
}
