/** The other graph of a comparison, beside the first: what is opened and chosen in one is opened and chosen in both. */
import { signal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { GraphActions } from "../actions.ts";
import { readGraphTheme } from "../canvas/look.ts";
import { drawnOther } from "../compare/as-one.ts";
import type { Other } from "../compare/others.ts";
import { GraphModel } from "../graph-model.ts";
import { comparedOthers, createLooks } from "../look-state.ts";
import { Measurer } from "../picture/measure.ts";
import { source } from "../source/sources.ts";
import { compareAs } from "../state.ts";
import { Picture } from "./picture.tsx";

/** What a person does with the other graph's picture; null while there is none. */
export const besideActions = signal<GraphActions | null>(null);

/** What is traced is of the first graph. */
const NOT_TRACED = signal(null);

export function Beside() {
  const other = drawnOther.value;
  if (compareAs.value !== "beside" || other === null) return null;
  return <OtherPicture key={other.key} other={other} />;
}

function OtherPicture({ other }: { other: Other }) {
  const actions = useMemo(
    () => new GraphActions(new GraphModel(new Measurer(readGraphTheme(false).font))),
    [],
  );
  const looks = useMemo(() => createLooks(actions.model, comparedOthers, NOT_TRACED), [actions]);
  useEffect(() => () => actions.model.dispose(), [actions]);
  useEffect(() => actions.start(), [actions]);
  useEffect(() => {
    besideActions.value = actions;
    return () => (besideActions.value = null);
  }, [actions]);
  useSignalEffect(() => {
    void actions.model.show(source, other.query, false);
  });
  return (
    <section class="graph-beside" aria-label={other.title}>
      <h2>{other.title}</h2>
      <Picture actions={actions} looks={looks} />
    </section>
  );
}
