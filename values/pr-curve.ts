/** How a PR curve lies in its tensor: a row a number, a column a threshold. */

/** Rows in order (`plugins/pr_curve/metadata.py`). */
export const PR_CURVE_ROWS = [
  "true_positives",
  "false_positives",
  "true_negatives",
  "false_negatives",
  "precision",
  "recall",
] as const;

/** Thresholds of the columns: evenly spaced from 0 to 1, rounded as `numpy.linspace` rounds. */
export function thresholds(columns: number): number[] {
  const distance = 1 / (columns - 1);
  return Array.from({ length: columns }, (_, i) => (i === 0 ? 0 : i === columns - 1 ? 1 : i * distance));
}
