/** The bar above the cards: the filter of tags, and what a dashboard adds from controls.tsx. */
import type { ComponentChildren } from "preact";
import { FilterInput } from "../app/filter-input.tsx";
import { tagFilter, tagFilterText } from "./settings.ts";
import "./toolbar.css";

interface ToolbarProps {
  readonly label: string;
  readonly children?: ComponentChildren;
  /** Without the filter of tags. */
  readonly unfiltered?: boolean;
}

export function Toolbar({ label, children, unfiltered = false }: ToolbarProps) {
  return (
    <div class="toolbar" role="toolbar" aria-label={label}>
      {!unfiltered && <FilterInput label="Filter tags" text={tagFilterText} error={tagFilter.value.error} />}
      {children}
    </div>
  );
}
