/** Colours and fonts of charts, read from the page's style sheet so that they are said in one place. */

export interface ChartTheme {
  readonly font: string;
  readonly background: string;
  readonly text: string;
  readonly label: string;
  readonly axis: string;
  readonly grid: string;
  readonly crosshair: string;
  readonly accent: string;
}

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: token("--font"),
    background: token("--surface"),
    text: token("--text"),
    label: token("--chart-label"),
    axis: token("--chart-axis"),
    grid: token("--chart-grid"),
    crosshair: token("--chart-crosshair"),
    accent: token("--accent"),
  };
}
