/** How to log what a dashboard shows, in the libraries that people come with, into the folder that is watched. */
import { useSignal } from "@preact/signals";
import { status } from "../app/session.ts";
import { Segmented } from "./controls.tsx";
import { CopyButton } from "./copy-button.tsx";

export const LIBRARIES = ["TypeScript", "Keras", "PyTorch", "JAX"] as const;
export type Library = (typeof LIBRARIES)[number];

/** What a dashboard's module exports as `guide`. */
export interface LogGuide {
  /** A sentence or two: what the dashboard shows. */
  readonly about: string;
  /** A whole program of a few lines; `folder` is the run's folder as a string literal, quotes and all. */
  readonly snippets: Readonly<Record<Library, (folder: string) => string>>;
}

/** A folder for a run in the log directory, as a literal of any of these languages. */
function runFolder(): string {
  const logdir = status.value?.logdir || "logs";
  return JSON.stringify(`${logdir.replace(/[\\/]+$/, "")}/run1`);
}

/** Snippets, a library at a time, with a button to copy. */
export function Snippets({ guide }: { guide: LogGuide }) {
  const library = useSignal<Library>("TypeScript");
  const code = guide.snippets[library.value](runFolder());
  return (
    <figure class="snippet">
      <figcaption>
        <Segmented
          label="Library"
          choices={LIBRARIES.map((name) => ({ value: name, title: name }))}
          value={library.value}
          onChange={(name) => (library.value = name)}
        />
        <CopyButton text={code} label={`how to log from ${library.value}`} />
      </figcaption>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
    </figure>
  );
}
