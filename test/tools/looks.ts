/** In which looks axe is shown a page: the two opposites, and all four where everything is tested. */
import { isExhaustive } from "./exhaustive.ts";

export interface Look {
  readonly colorScheme: "light" | "dark";
  /** Of the window, pixels. */
  readonly width: number;
}

const WIDE = 1280;
const NARROW = 390;

export const looks: readonly Look[] = [
  { colorScheme: "light", width: WIDE },
  { colorScheme: "dark", width: NARROW },
  ...(isExhaustive
    ? ([
        { colorScheme: "dark", width: WIDE },
        { colorScheme: "light", width: NARROW },
      ] as const)
    : []),
];
