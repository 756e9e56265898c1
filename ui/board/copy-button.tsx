/** A button that copies a text, and says that it did. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../app/icons.tsx";

const SAID_MS = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const state = useSignal<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state.value === "idle") return;
    const timer = setTimeout(() => (state.value = "idle"), SAID_MS);
    return () => clearTimeout(timer);
  }, [state.value]);
  const words = { idle: "Copy", copied: "Copied", failed: "Select it and copy" }[state.value];
  return (
    <button
      type="button"
      class="text-button copy-button"
      aria-label={`${words}: ${label}`}
      onClick={() => {
        copyText(text).then(
          () => (state.value = "copied"),
          () => (state.value = "failed"),
        );
      }}
    >
      <Icon name="copy" />
      <span aria-live="polite">{words}</span>
    </button>
  );
}

/** Browsers give a page its clipboard on `localhost` and HTTPS only; elsewhere the old command still copies. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("the browser did not let the page copy");
}
