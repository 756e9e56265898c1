/** One text: rendered, as it is written, or as what changed since another. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { describeError, fetchRendered } from "../../app/api.ts";
import { changesOf, type Part } from "./changes.ts";
import { SHOWN_CHARACTERS } from "./texts.ts";

/** Longer than what the server renders: it gives those as they were written. */
const MOST_RENDERED = 1 << 22;

const textOf = (html: string): string =>
  new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";

/** A text by the key of its record: it never changes, and comes from the server once. Until then the one before stays. */
export function RenderedText({ id }: { id: string }) {
  const html = useSignal<string | null>(null);
  const came = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    came.value = null;
    error.value = null;
    fetchRendered(id, stop.signal)
      .then((text) => {
        html.value = text;
        came.value = id;
      })
      .catch((reason: unknown) => {
        if (!stop.signal.aborted) error.value = describeError(reason);
      });
    return () => stop.abort();
  }, [id]);
  if (error.value !== null)
    return (
      <p class="text-problem" role="status">
        {error.value}
      </p>
    );
  if (html.value === null) return <p class="text-loading">Loading…</p>;
  if (html.value.length > MOST_RENDERED) return <RawText text={textOf(html.value)} />;
  // Sanitised by the server, as the API promises.
  return (
    <div
      class="prose text-prose"
      aria-busy={came.value !== id}
      dangerouslySetInnerHTML={{ __html: html.value }}
    />
  );
}

/** A long text is cut, and shown whole when asked for. */
export function RawText({ text }: { text: string }) {
  const whole = useSignal(false);
  const cut = !whole.value && text.length > SHOWN_CHARACTERS;
  return (
    <>
      <pre class="text-raw">{cut ? text.slice(0, SHOWN_CHARACTERS) : text}</pre>
      {cut && (
        <button type="button" class="text-button" onClick={() => (whole.value = true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </>
  );
}

export function Changes({ before, after, than }: { before: string; after: string; than: string }) {
  const parts = useMemo(() => changesOf(before, after), [before, after]);
  if (typeof parts === "string")
    return (
      <>
        <p class="text-problem">
          Not compared with {than}: {parts}.
        </p>
        <RawText text={after} />
      </>
    );
  if (before === after) return <p class="text-loading">The same as {than}.</p>;
  return <pre class="text-raw text-changes">{parts.map(({ kind, text }) => mark(kind, text))}</pre>;
}

function mark(kind: Part["kind"], text: string): ComponentChildren {
  if (kind === "added") return <ins>{text}</ins>;
  if (kind === "removed") return <del>{text}</del>;
  return kind === "left-out" ? <em>{text}</em> : text;
}
