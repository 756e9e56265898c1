/** How the picture is drawn and moves: dashes, heads of references, what did not run, from scene to scene. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { openGraph, openStep } from "../../../../graph/index.ts";
import { pb } from "../../../../proto/index.ts";
import { anchored, type Camera } from "../../../../ui/dashboards/graphs/canvas/camera.ts";
import { palette } from "../../../../ui/dashboards/graphs/canvas/colours.ts";
import { LinePainter } from "../../../../ui/dashboards/graphs/canvas/line-painter.ts";
import { didNotRun, type GraphTheme } from "../../../../ui/dashboards/graphs/canvas/look.ts";
import { Painter } from "../../../../ui/dashboards/graphs/canvas/painter.ts";
import type { PictureEdge } from "../../../../ui/dashboards/graphs/picture/frame.ts";
import { itemOf } from "../../../../ui/dashboards/graphs/picture/items.ts";
import type { Scene, SceneBox, SceneLine } from "../../../../ui/dashboards/graphs/picture/scene.ts";
import { TRANSITION_MS, Transition } from "../../../../ui/dashboards/graphs/picture/transition.ts";

afterEach(() => vi.restoreAllMocks());

const THEME: GraphTheme = {
  dark: false,
  font: "sans",
  ground: "ground",
  surface: "surface",
  text: "text",
  muted: "muted",
  border: "border",
  line: "line",
  reference: "reference",
  accent: "accent",
};

interface Stroke {
  readonly call: "stroke" | "fill";
  readonly colour: unknown;
  readonly alpha: number;
  readonly dash: readonly number[];
}

/** A canvas that keeps what was stroked and filled, and how. */
function canvas() {
  const drawn: Stroke[] = [];
  let dash: readonly number[] = [];
  const state: Record<string, unknown> = { globalAlpha: 1 };
  const note = (call: Stroke["call"]) => () => {
    const colour = call === "stroke" ? state.strokeStyle : state.fillStyle;
    drawn.push({ call, colour, alpha: Number(state.globalAlpha), dash });
  };
  const methods: Record<string, unknown> = {
    stroke: note("stroke"),
    fill: note("fill"),
    setLineDash: (given: readonly number[]) => {
      dash = given;
    },
    measureText: () => ({ width: 10 }),
  };
  const context = new Proxy(state, {
    get: (own, key) => methods[String(key)] ?? own[String(key)] ?? (() => undefined),
  });
  return { context: context as unknown as CanvasRenderingContext2D, drawn };
}

const edge = (more: Partial<PictureEdge>): PictureEdge => ({
  id: "a->b",
  from: "a",
  to: "b",
  regular: 1,
  control: 0,
  reference: 0,
  size: 1,
  label: null,
  ...more,
});

function line(more: Partial<PictureEdge>, points = [0, 0, 0, 50]): SceneLine {
  return { id: "a->b", edge: edge(more), points: Float64Array.from(points), goesOn: "" };
}

function painted(more: Partial<PictureEdge>): Stroke[] {
  const { context, drawn } = canvas();
  new LinePainter(context, THEME, 1, true).paint(line(more), false, 1);
  return drawn;
}

describe("an edge", () => {
  it("of data is a whole line with a head", () => {
    expect(painted({})).toMatchObject([
      { call: "stroke", colour: "line", dash: [] },
      { call: "fill", colour: "line" },
    ]);
  });

  it("that only orders is dashed, and one that does both is not", () => {
    expect(painted({ regular: 0, control: 1 })[0]!.dash).toEqual([5, 4]);
    expect(painted({ regular: 1, control: 1 })[0]!.dash).toEqual([]);
  });

  it("that hands over a reference has a colour of its own, and heads at both ends", () => {
    expect(painted({ reference: 1 }).map(({ call, colour }) => [call, colour])).toEqual([
      ["stroke", "reference"],
      ["fill", "reference"],
      ["fill", "reference"],
    ]);
  });
});

/** Boxes `id: [x, y, width, height]`, the first of which has all others in it. */
function sceneOf(
  boxes: Readonly<Record<string, readonly [number, number, number, number]>>,
  lines: SceneLine[] = [],
): Scene {
  const ids = Object.keys(boxes);
  return {
    boxes: ids.map((id, i): SceneBox => {
      const [x, y, width, height] = boxes[id]!;
      return {
        ...{
          id,
          item: null,
          text: id,
          depth: i === 0 ? 0 : 1,
          parent: i === 0 ? -1 : 0,
          x,
          y,
          width,
          height,
        },
        ...{ open: i === 0, end: i === 0 ? ids.length : i + 1, firstLine: 0, endLine: 0 },
        ...{ chips: [], aside: "main", captions: [] },
      };
    }),
    lines,
    index: new Map(ids.map((id, i) => [id, i])),
    vertical: true,
  };
}

describe("a step's colours", () => {
  it("leave what did not run, and scopes in which nothing did, faint", () => {
    const graph = openGraph({
      node: [
        { name: "ran/a", op: "Neg" },
        { name: "idle/b", op: "Neg", input: ["ran/a"] },
      ],
    });
    const nodeStats = [{ nodeName: "ran/a", allStartMicros: 1, allEndRelMicros: 5 }];
    const devStats = [{ device: "/device:CPU:0", nodeStats }];
    const step = openStep(pb.RunMetadata.encode({ stepStats: { devStats } }).finish());
    const items = graph.scope("", step)!.children.map(itemOf);
    const scene = sceneOf({ root: [0, 0, 300, 100], ran: [0, 0, 100, 40], idle: [150, 0, 100, 40] });
    const boxes = scene.boxes.map((box, i) => ({ ...box, item: items[i - 1] ?? null }));
    expect(boxes.map(didNotRun)).toEqual([false, false, true]);
    const { context, drawn } = canvas();
    const frame = {
      scene: { ...scene, boxes },
      camera: { x: 0, y: 0, scale: 1 },
      width: 400,
      height: 300,
      ratio: 1,
    };
    const fill = [{ colour: palette(false).neutral, share: 1 }];
    new Painter(
      context,
      { ...frame, strength: () => 1 },
      {
        theme: THEME,
        fill: () => fill,
        isFaint: didNotRun,
        selected: null,
        pointed: null,
        isStrong: () => false,
        isMarked: () => false,
      },
    ).paint();
    expect(drawn.filter(({ call }) => call === "fill").map(({ alpha }) => alpha)).toEqual([1, 0.45]);
  });
});

describe("from one scene to the next", () => {
  const before = sceneOf({ root: [0, 0, 100, 100], a: [10, 10, 20, 20], gone: [50, 50, 10, 10] }, [
    line({}, [0, 0, 0, 40]),
  ]);
  const after = sceneOf({ root: [0, 0, 200, 200], a: [110, 10, 40, 20], come: [100, 100, 50, 50] }, [
    line({}, [100, 0, 100, 20, 100, 40]),
    { ...line({}), id: "new" },
  ]);
  const at = (scene: Scene, id: string) => {
    const { x, y, width, height } = scene.boxes[scene.index.get(id)!]!;
    return [x, y, width, height];
  };

  it("what is in both begins where it was, moves, and ends where it is", () => {
    let clock = 1000;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    const moving = new Transition(before, after);
    const { scene } = moving;
    expect(moving.advance(clock)).toBe(true);
    expect([at(scene, "root"), at(scene, "a")]).toEqual([at(before, "root"), at(before, "a")]);
    // What is new grows with the box around it: half as large while that is.
    expect(at(scene, "come")).toEqual([50, 50, 25, 25]);
    expect([...scene.lines[0]!.points]).toEqual([0, 0, 0, 20, 0, 40]);
    clock += TRANSITION_MS / 2;
    expect(moving.advance(clock)).toBe(true);
    expect(at(scene, "a")).toEqual([60, 10, 30, 20]);
    expect([...scene.lines[0]!.points]).toEqual([50, 0, 50, 20, 50, 40]);
    expect([moving.isNewLine(0), moving.isNewLine(1), moving.strength(clock)]).toEqual([false, true, 0]);
    clock += TRANSITION_MS;
    expect(moving.advance(clock)).toBe(false);
    expect(moving.strength(clock)).toBe(1);
    for (const id of ["root", "a", "come"]) expect(at(moving.scene, id)).toEqual(at(after, id));
    expect(moving.scene.lines.map(({ points }) => [...points])).toEqual(
      after.lines.map(({ points }) => [...points]),
    );
    // The scene that it leads to stays as it is.
    expect(at(after, "a")).toEqual([110, 10, 40, 20]);
  });
});

describe("what is opened", () => {
  it("stays under the pointer: the middle of its upper edge is seen where it was", () => {
    const camera: Camera = { x: 40, y: 30, scale: 1.5 };
    const before = { x: 100, y: 80, width: 60, height: 20 };
    const after = { x: 300, y: 500, width: 400, height: 300 };
    const seen = ({ x, y, scale }: Camera, box: typeof before) => [
      (box.x + box.width / 2 - x) * scale,
      (box.y - y) * scale,
    ];
    expect(seen(anchored(camera, before, after), after)).toEqual(seen(camera, before));
    expect(anchored(camera, before, after).scale).toBe(1.5);
  });
});
