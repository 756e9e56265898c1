/** The canvas with what lies over it: tooltip, buttons, minimap, legend, what is loading or failed. */
import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { EmptyState } from "../../../app/empty-state.tsx";
import { formatStep } from "../../../app/format.ts";
import { Icon, type IconName } from "../../../app/icons.tsx";
import { type GraphActions, notice } from "../actions.ts";
import { attachGestures } from "../canvas/gestures.ts";
import { GraphView } from "../canvas/graph-view.ts";
import { Minimap } from "../canvas/minimap.ts";
import { type Looks, pointedId } from "../look-state.ts";
import { shortName } from "../picture/items.ts";
import type { Step } from "../picture/next-box.ts";
import type { SceneLine } from "../picture/scene.ts";
import { selectedId } from "../state.ts";
import { Legend } from "./legend.tsx";

interface Props {
  readonly actions: GraphActions;
  readonly looks: Looks;
}

interface Tip {
  readonly x: number;
  readonly y: number;
  readonly line: SceneLine | null;
  readonly id: string | null;
}

export function Picture({ actions, looks }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const small = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const corner = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const tip = useSignal<Tip | null>(null);
  useEffect(() => {
    if (!canvas.current || !small.current || !frame.current) return;
    const overlays = [corner.current, legend.current].filter((overlay) => overlay !== null);
    const view = new GraphView(canvas.current, overlays);
    const minimap = new Minimap(small.current, frame.current, view);
    view.onDraw = () => minimap.update(looks.look.peek());
    actions.view = view;
    const detach = attachGestures(view, {
      onSelect(id, also) {
        actions.select(id, also);
        if (id !== null) actions.showCard();
      },
      onToggle: (id) => actions.toggle(id),
      onPoint(id, line, x, y) {
        pointedId.value = id;
        tip.value = id === null && line === null ? null : { x, y, line, id };
      },
      onChip: (target) => void actions.goTo(target),
    });
    const stops = [
      looks.look.subscribe((look) => view.setLook(look)),
      pointedId.subscribe(() => view.redraw()),
      actions.model.shown.subscribe(({ scene, anchor, fresh }) => {
        if (fresh) view.fitNext();
        view.setScene(scene, anchor);
        actions.arrived();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      detach();
      minimap.dispose();
      view.dispose();
      actions.view = null;
    };
  }, [actions, looks]);
  return (
    <div class="graph-picture">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the picture pans and zooms by keys; the outline beside it has its content */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label="Picture of the graph. Arrow keys choose a box and the next one, Enter opens and closes it, Space goes into it, Backspace out of it, Escape chooses none. Shift and arrow keys move the picture, plus and minus zoom, 0 shows all. The outline beside it lists what it shows."
        class="graph-canvas"
        onKeyDown={(event) => {
          if (pressed(event, actions)) event.preventDefault();
        }}
      />
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      <Tooltip tip={tip} actions={actions} />
      <div ref={corner} class="graph-overlay graph-corner">
        <div class="graph-minimap" aria-hidden="true">
          <canvas ref={small} />
          <div ref={frame} class="graph-minimap-frame" />
        </div>
        <div class="graph-buttons">
          <ViewButton icon="plus" label="Zoom in" run={() => actions.view?.zoomBy(1.4)} />
          <ViewButton icon="minus" label="Zoom out" run={() => actions.view?.zoomBy(1 / 1.4)} />
          <ViewButton icon="fit" label="Show all" run={() => actions.view?.fit()} />
        </div>
      </div>
      <div ref={legend} class="graph-overlay graph-legend-corner">
        <Legend looks={looks} actions={actions} />
      </div>
      <Messages actions={actions} />
    </div>
  );
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What keys do with boxes; those that move the picture are among the gestures. Returns whether it was one of them. */
function pressed(event: KeyboardEvent, actions: GraphActions): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const id = selectedId.value;
  const step = STEPS[event.key];
  if (step) actions.chooseBeside(step);
  else if (event.key === " " || (event.key === "Enter" && id === null)) actions.chooseFirst();
  else if (event.key === "Enter" && id !== null) actions.toggle(id);
  else if (event.key === "Backspace") actions.chooseAround();
  else return false;
  return true;
}

function ViewButton({ icon, label, run }: { icon: IconName; label: string; run: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

function Tooltip({ tip, actions }: { tip: ReadonlySignal<Tip | null>; actions: GraphActions }) {
  const place = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const at = tip.value;
    if (at && place.current)
      place.current.style.transform = `translate(${Math.round(at.x + 14)}px, ${Math.round(at.y + 16)}px)`;
  });
  const at = tip.value;
  const text = at ? tipText(at, actions) : null;
  return (
    <div ref={place} class="graph-tip" hidden={text === null} aria-hidden="true">
      {text?.map((line, i) => (
        <div key={line} class={i === 0 ? "" : "muted"}>
          {line}
        </div>
      ))}
    </div>
  );
}

function tipText({ line, id }: Tip, actions: GraphActions): string[] | null {
  if (line) {
    const { edge } = line;
    const kinds = [
      edge.regular > 0 ? `${formatStep(edge.regular)} ${edge.regular === 1 ? "tensor" : "tensors"}` : "",
      edge.control > 0 ? `${formatStep(edge.control)} control` : "",
      edge.reference > 0 ? `${formatStep(edge.reference)} by reference` : "",
    ].filter((text) => text !== "");
    const elements = edge.regular > 0 ? ` · ${formatStep(edge.size)} elements` : "";
    return [
      `${shortName(edge.from)} → ${shortName(edge.to)}`,
      `${kinds.join(", ")}${elements}`,
      ...(edge.label === null ? [] : [edge.label]),
    ];
  }
  const item = id === null ? null : actions.itemOf(id);
  if (!item) return null;
  const facts = [
    item.child?.op ?? "",
    item.cardinality > 1 ? `${formatStep(item.cardinality)} nodes` : "",
  ].filter((text) => text !== "");
  return [
    shortName(item.kind === "section" ? item.label : item.name),
    ...(facts.length > 0 ? [facts.join(" · ")] : []),
  ];
}

function Messages({ actions }: { actions: GraphActions }) {
  const { model } = actions;
  const state = model.state.value;
  const text = model.problem.value ?? notice.value;
  if (state.kind === "failed")
    return (
      <div class="graph-cover">
        <EmptyState title={state.missing ? "This graph is not there" : "The graph could not be shown"}>
          <p>{state.message}</p>
          <button type="button" class="text-button" onClick={() => model.retry()}>
            Try again
          </button>
        </EmptyState>
      </div>
    );
  return (
    <div class="graph-overlay graph-messages" role="status">
      {state.kind === "loading" && <span>Loading the graph…</span>}
      {state.kind === "shown" && model.root.value?.cardinality === 0 && <span>This graph has no nodes.</span>}
      {state.kind === "shown" && model.busy.value > 0 && <span>Opening…</span>}
      {text !== null && (
        <span>
          {text}
          <button
            type="button"
            class="icon-button"
            aria-label="Close the message"
            onClick={() => {
              model.problem.value = null;
              notice.value = null;
            }}
          >
            <Icon name="close" />
          </button>
        </span>
      )}
    </div>
  );
}
