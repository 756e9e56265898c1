/** A long list of which only so much is built as has been scrolled to. */
import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { printing } from "../app/printing.ts";
import { watchNear } from "./in-view.ts";

interface Props<T> {
  readonly items: readonly T[];
  /** Items that are added at a time. */
  readonly page: number;
  /** Items that are there from the start, before the end is seen; as many as are added later when left out. */
  readonly first?: number;
  make(item: T): ComponentChildren;
}

/** Gives the items as they are, to stand in a grid, and after them an end that brings more when it comes near. */
export function Paged<T>({ items, page, first = page, make }: Props<T>) {
  const [shown, setShown] = useState(first);
  return (
    <>
      {(printing.value ? items : items.slice(0, shown)).map(make)}
      {shown < items.length && !printing.value && (
        <Fragment key={`more ${shown}`}>
          <More onNear={() => setShown(shown + page)} />
        </Fragment>
      )}
    </>
  );
}

function More({ onNear }: { onNear(): void }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? watchNear(root.current, (near) => near && onNear()) : undefined), []);
  return <div ref={root} class="more-cards" />;
}
