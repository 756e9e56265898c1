/** Cells of CSV: in quotes where they hold what ends cells or rows. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
