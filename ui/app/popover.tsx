/** A button that opens a panel of text. */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { usePopup } from "./popup.ts";

interface Props {
  readonly label: string;
  readonly button: ComponentChildren;
  readonly buttonClass?: string;
  readonly children: ComponentChildren;
}

export function Popover({ label, button, buttonClass = "icon-button", children }: Props) {
  const [open, setOpen] = useState(false);
  const root = usePopup(open, () => setOpen(false));
  const opener = useRef<HTMLButtonElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the button and the panel
    <div
      class="menu"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        setOpen(false);
        opener.current?.focus();
        event.stopPropagation();
      }}
    >
      <button
        ref={opener}
        type="button"
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section class="popup popup-text" aria-label={label}>
          {children}
        </section>
      )}
    </div>
  );
}
