/** Shapes of `/api/v1/layouts`: which scalars stand in which chart. The field names are those of the `.proto`. */

/**
 * The newest layout of every run that has one, and all of them as one.
 *
 * @example
 * const { merged, layouts }: LayoutsJson = await client.layouts();
 * console.log(merged, layouts.length); // null 0
 */
export interface LayoutsJson {
  /** Categories of the same title are one, each chart is in it once; null without layouts. */
  readonly merged: LayoutJson | null;
  readonly layouts: readonly RunLayout[];
}

export interface RunLayout {
  readonly run: string;
  /** Null where the bytes are no layout. */
  readonly layout: LayoutJson | null;
}

/**
 * A layout of custom scalars. By POST, `/api/v1/layouts/file` makes an event file of it, which any reader of logs takes.
 *
 * @example
 * const layout: LayoutJson = {
 *   category: [{ title: "Losses", chart: [{ title: "Both", multiline: { tag: ["loss/.*"] } }] }],
 * };
 * console.log((await client.layoutFile(layout)).size > 0); // true
 */
export interface LayoutJson {
  readonly category: readonly LayoutCategory[];
}

export interface LayoutCategory {
  readonly title: string;
  readonly chart: readonly LayoutChart[];
  /** Whether it is folded at first. Default false. */
  readonly closed?: boolean;
}

/** A chart of every tag that matches, or of values between bounds; of neither, it shows nothing. */
export interface LayoutChart {
  readonly title: string;
  /** Regular expressions of Python that match from the start of a tag. */
  readonly multiline?: { readonly tag: readonly string[] };
  /** Tags. */
  readonly margin?: { readonly series: readonly LayoutMargin[] };
}

export interface LayoutMargin {
  readonly value: string;
  readonly lower: string;
  readonly upper: string;
}
