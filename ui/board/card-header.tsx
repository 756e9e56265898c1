/** The top of a card: its title, its own buttons, what was written about the tag, downloads, full width. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { TagInfo } from "../../server/api/types.ts";
import { describeError } from "../app/api.ts";
import { Icon } from "../app/icons.tsx";
import { Menu } from "../app/menu.tsx";
import { Popover } from "../app/popover.tsx";
import { useCard } from "./card-scope.ts";
import { toggleWide, wideCards } from "./settings.ts";

export interface Download {
  readonly label: string;
  readonly hint?: string;
  /** Gives the person the file (`save`); what it throws is said in the header. */
  run(): Promise<void> | void;
}

interface Props {
  /** In front of the title: a swatch, a run's name. */
  readonly lead?: ComponentChildren;
  /** The dashboard's own buttons. */
  readonly actions?: ComponentChildren;
  /** Whose description to offer. */
  readonly tag?: TagInfo;
  readonly downloads?: readonly Download[];
  /** Nothing but the title: for cards far from the screen. */
  readonly bare?: boolean;
}

export function CardHeader({ lead, actions, tag, downloads = [], bare = false }: Props) {
  const { label, title, actions: ofPage } = useCard();
  return (
    <header>
      {lead}
      <h3 title={label}>{title}</h3>
      {!bare && (
        <div class="card-actions">
          <Downloads downloads={downloads}>
            {actions}
            {tag && (
              <Popover label={`About ${label}`} button={<Icon name="info" />}>
                <TagDescription tag={tag} />
              </Popover>
            )}
          </Downloads>
          {ofPage}
          <WidthButton />
        </div>
      )}
    </header>
  );
}

function Downloads(props: { downloads: readonly Download[]; children: ComponentChildren }) {
  const { label } = useCard();
  const error = useSignal<string | null>(null);
  const start = (download: Download): void => {
    error.value = null;
    Promise.resolve()
      .then(() => download.run())
      .catch((reason: unknown) => {
        error.value = `Download failed: ${describeError(reason)}`;
      });
  };
  return (
    <>
      {error.value && (
        <span class="card-error" role="alert">
          {error.value}
        </span>
      )}
      {props.children}
      {props.downloads.length > 0 && (
        <Menu
          label={`Download ${label}`}
          icon="download"
          items={props.downloads.map((download) => ({
            label: download.label,
            ...(download.hint !== undefined && { hint: download.hint }),
            run: () => start(download),
          }))}
        />
      )}
    </>
  );
}

function WidthButton() {
  const { id, label } = useCard();
  const wide = wideCards.value.includes(id);
  return (
    <button
      type="button"
      class="icon-button"
      aria-pressed={wide}
      aria-label={`Full width: ${label}`}
      title={wide ? "Back to the grid" : "Full width"}
      onClick={() => toggleWide(id)}
    >
      <Icon name={wide ? "shrink" : "expand"} />
    </button>
  );
}

function TagDescription({ tag }: { tag: TagInfo }) {
  return (
    <>
      <p class="tag-name">{tag.tag}</p>
      {tag.display_name !== "" && tag.display_name !== tag.tag && <p>{tag.display_name}</p>}
      {tag.description === "" ? (
        <p class="muted">No description was written with this tag.</p>
      ) : (
        // Sanitised by the server, as the API promises.
        <div class="prose" dangerouslySetInnerHTML={{ __html: tag.description }} />
      )}
    </>
  );
}
