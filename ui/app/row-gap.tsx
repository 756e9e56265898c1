/** In the place of the rows of a table that are not drawn: as high as they are, and in words on paper. */
import { formatStep } from "./format.ts";
import { printing } from "./printing.ts";

export function RowGap({ rows, rowHeight }: { rows: number; rowHeight: number }) {
  return (
    <tr>
      {printing.value ? (
        <td>and {formatStep(rows)} more</td>
      ) : (
        <td class="row-gap" style={{ height: `${rows * rowHeight}px` }} />
      )}
    </tr>
  );
}
