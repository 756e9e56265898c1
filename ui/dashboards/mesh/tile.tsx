/** One mesh of a run: its picture, which a hand turns, and in words what it is and what was left out. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { count, formatStep, formatWallTime } from "../../app/format.ts";
import { runColors } from "../../app/session.ts";
import { chartTheme, scheme } from "../../app/theme.ts";
import { useDrawn } from "../../board/card-canvas.ts";
import { useCard } from "../../board/card-scope.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { STAGE_KEYS, turnByKey } from "../../scene/keys.ts";
import { hasWebGl2 } from "../../scene/stage.ts";
import { homeOf } from "./home.ts";
import { MeshView, type Views } from "./mesh-view.ts";
import { include, rigName, rigOf } from "./rig.ts";
import { sceneConfig } from "./scene-config.ts";
import { places, pointSize, setPlace, surface, tie } from "./settings.ts";
import type { Shape } from "./shape.ts";
import { nameOf, type ShownMesh } from "./use-meshes.ts";

interface Props {
  readonly mesh: ShownMesh;
  readonly views: Views;
  /** Why the last question failed. */
  readonly error: string | null;
}

export function MeshTile({ mesh, views, error }: Props) {
  const { info, sample, shape, problem, step } = mesh;
  const config = useMemo(() => sceneConfig(info.config), [info.config]);
  const which = info.samples > 1 ? `, mesh ${sample + 1} of ${info.samples}` : "";
  const last = useRef<Shape | null>(null);
  // While a step is on its way the one before stays: it would flicker.
  if (shape || problem !== null) last.current = shape;
  const drawn = last.current;
  const notes = [...(drawn?.notes ?? []), ...config.notes];
  return (
    <figure
      class="mesh-tile"
      data-run={info.run}
      data-sample={sample}
      data-step={String(step)}
      aria-busy={!shape && problem === null}
    >
      {problem !== null ? (
        <p class="mesh-words">{problem}</p>
      ) : drawn === null ? (
        <p class="mesh-words is-loading">{error ?? "Loading…"}</p>
      ) : drawn.box === null ? (
        <p class="mesh-words">No vertex that is a number</p>
      ) : (
        <Picture mesh={mesh} shape={drawn} config={config} views={views} />
      )}
      <figcaption title={`${info.run}${which}\nstep ${formatStep(step)}\n${formatWallTime(mesh.wallTime)}`}>
        <RunLabel run={info.run} />
        <span class="mesh-facts">
          {info.samples > 1 && `${sample + 1}/${info.samples} · `}
          step {formatStep(step)}
          {drawn && ` · ${sizeOf(drawn)}`}
        </span>
      </figcaption>
      {notes.length > 0 && <p class="plot-note">Left out: {notes.join("; ")}</p>}
    </figure>
  );
}

function sizeOf({ positions, faces }: Shape): string {
  const vertices = `${formatStep(positions.length / 3)} ${positions.length === 3 ? "vertex" : "vertices"}`;
  return faces ? `${vertices}, ${count(faces.length / 3, "face")}` : vertices;
}

function factsOf({ positions, faces, colors, box }: Shape): Record<string, string> {
  return {
    vertices: String(positions.length / 3),
    faces: String((faces?.length ?? 0) / 3),
    colors: String((colors?.length ?? 0) / 3),
    box: [...(box?.low ?? []), ...(box?.high ?? [])].map((value) => value.toPrecision(6)).join(" "),
  };
}

interface PictureProps {
  readonly mesh: ShownMesh;
  readonly shape: Shape;
  readonly config: ReturnType<typeof sceneConfig>;
  readonly views: Views;
}

/** Asked once: each time it would take one of the few contexts that a browser gives. */
let canDraw: boolean | null = null;

function Picture(props: PictureProps) {
  canDraw ??= hasWebGl2();
  if (!canDraw) return <p class="mesh-words">This browser draws no WebGL2, so there is no picture of it.</p>;
  return <Canvas {...props} />;
}

function Canvas({ mesh, shape, config, views }: PictureProps) {
  const { label } = useCard();
  const { info, sample } = mesh;
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useSignal<MeshView | null>(null);
  const lost = useSignal(false);
  const problem = useSignal<string | null>(null);
  const name = nameOf(mesh);
  const rig = (): string => rigName(tie.peek(), info.name, info.run, sample);
  const shapeSignal = useSignal(shape);
  shapeSignal.value = shape;

  useEffect(() => {
    if (!canvas.current) return;
    try {
      const made = new MeshView({
        canvas: canvas.current,
        onLost: (gone) => (lost.value = gone),
        onTurn: (place) => setPlace(rig(), place),
      });
      made.stage.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      view.value = made;
      views.set(name, made);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
    return () => {
      views.delete(name);
      view.peek()?.dispose();
      view.value = null;
    };
  }, [name, views]);
  useDrawn(view.value, (drawn) => drawn.setConfig(config));
  useDrawn(view.value, (drawn) => {
    drawn.setShape(shapeSignal.value);
    // What tests of the whole path read.
    if (canvas.current) Object.assign(canvas.current.dataset, factsOf(shapeSignal.value));
  });
  useDrawn(view.value, (drawn) =>
    drawn.setLook({
      surface: surface.value,
      pointSize: pointSize.value,
      color: runColors.color(info.run, scheme.value),
      background: chartTheme.value.background,
    }),
  );
  useCamera(view.value, shapeSignal, config, () => rigName(tie.value, info.name, info.run, sample));

  if (problem.value !== null) return <p class="mesh-words">It cannot be drawn: {problem.value}</p>;
  return (
    <div class="mesh-view">
      <canvas
        ref={canvas}
        class="mesh-canvas"
        tabIndex={0}
        role="img"
        aria-label={`${label}, ${name}: ${sizeOf(shape)}. ${STAGE_KEYS}`}
        onKeyDown={(event) => {
          if (view.peek() && turnByKey(view.peek()!.stage, event)) event.preventDefault();
        }}
        onDblClick={() => view.peek()?.stage.resetCamera()}
      />
      {lost.value && (
        <p class="mesh-words" role="status">
          The graphics card was taken away. The picture comes back with it.
        </p>
      )}
    </div>
  );
}

/** Keeps the camera where the rig's is: where it was moved to, or where all is in sight. */
function useCamera(
  view: MeshView | null,
  shape: ReadonlySignal<Shape>,
  config: ReturnType<typeof sceneConfig>,
  name: () => string,
): void {
  useDrawn(view, () => {
    const rig = rigOf(name());
    void rig.anew.value;
    const { box } = shape.peek();
    if (box) include(rig, box);
  });
  useDrawn(view, (drawn) => {
    const own = name();
    const { box } = rigOf(own);
    if (!box.value) return;
    const home = homeOf(box.value, config, shape.peek().faces === null);
    drawn.stage.home = home;
    const place = places.value.get(own) ?? home;
    if (!samePlace(drawn.stage.place, place)) drawn.stage.place = place;
  });
}

type Place = MeshView["stage"]["place"];

function samePlace(a: Place, b: Place): boolean {
  const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-6 * Math.max(1e-3, Math.abs(x));
  return (
    a.position.every((value, i) => near(value, b.position[i]!)) &&
    a.target.every((value, i) => near(value, b.target[i]!))
  );
}
