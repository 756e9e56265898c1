/** A page's worth of words where there is nothing to draw. */
import type { ComponentChildren } from "preact";

interface Props {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function EmptyState({ title, children }: Props) {
  return (
    <section class="empty" role="status">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
