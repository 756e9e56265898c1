/** The page's icons: 16-pixel strokes in the colour of the text around them. */

const PATHS = {
  menu: "M2 4h12M2 8h12M2 12h12",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 4l4 4-4 4",
  expand: "M9.5 2.5h4v4M13.5 2.5l-5 5M6.500 13.500h-4v-4M2.500 13.500l5-5",
  shrink: "M13 7h-4v-4M9 7l4.500-4.500M3 9h4v4M7 9l-4.500 4.500",
  download: "M8 2v8M4.500 7l3.500 3.500L11.500 7M2.500 13.500h11",
  info: "M8 7.500v4M8 4.600v.3M14 8a6 6 0 1 1-12 0a6 6 0 1 1 12 0",
  reset: "M3 8a5 5 0 1 0 1.800-3.800M3 2.500v3h3",
  warning: "M8 2.200L14.300 13.500H1.700zM8 6.500v3.500M8 11.600v.3",
  sun: "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1v1.500M8 13.500v1.500M1 8h1.500M13.500 8h1.500M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  moon: "M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500z",
  system: "M2 3h12v8H2zM6 14h4M8 11v3",
  search: "M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9M10.300 10.300l3.200 3.200",
  copy: "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
  play: "M5 3l8 5-8 5z",
  pause: "M5.500 3v10M10.500 3v10",
  link: "M6.500 9.500l3-3M7 4.500l1.500-1.500a3.200 3.200 0 0 1 4.500 4.500L11.500 9M9 11.500L7.500 13A3.200 3.200 0 0 1 3 8.500L4.500 7",
  unlink:
    "M7 4.500l1.500-1.500a3.200 3.200 0 0 1 4.500 4.500L11.500 9M9 11.500L7.500 13A3.200 3.200 0 0 1 3 8.500L4.500 7M3 2.500l1.500 1.500M11.500 12l1.500 1.500",
  compare: "M2 3h12v10H2zM8 1.500v13M10.500 6l1.500 2-1.500 2M5.500 6L4 8l1.500 2",
  sidebar: "M2 3h12v10H2zM6 3v10",
  pin: "M6 2h4M6.500 2v4.500L4.500 9.500h7L9.500 6.500V2M8 9.500v5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.500 6v-3.500h3.500M10 2.500h3.500v3.500M13.500 10v3.500h-3.500M6 13.500h-3.500v-3.500",
  levels: "M2.500 2.500h11v11h-11zM5 8h6v3h-6z",
  eye: "M1.500 8c2-3.500 4.200-5 6.500-5s4.500 1.500 6.500 5c-2 3.500-4.200 5-6.500 5s-4.500-1.500-6.500-5zM8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
  file: "M4 1.500h5l3 3v10h-8zM9 1.500v3h3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
