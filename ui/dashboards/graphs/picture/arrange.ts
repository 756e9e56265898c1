/** Turns frames into a scene: lays out the innermost first, since an open box is as large as what is in it. */
import type { Direction, Layout, LayoutGraph } from "../layout/layout-graph.ts";
import type { Chip, Frame, PictureEdge } from "./frame.ts";
import type { Item } from "./items.ts";
import { CHIP_HEIGHT, HEADER, type Measurer, PADDING, type Size, shownChips } from "./measure.ts";
import type { Scene, SceneBox, SceneChip, SceneLine } from "./scene.ts";

type LayOut = (graph: LayoutGraph) => Promise<Layout>;

/** Room between boxes put aside, and the height that their columns have at least. */
const ASIDE_GAP = 10;
const ASIDE_LEAST_HEIGHT = 360;
const CAPTION = 18;
const CHIP_GAP = 7;

/** A box in its frame, from the frame's corner. */
interface Placed {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly size: Size;
  readonly aside: SceneBox["aside"];
}

interface Arranged {
  readonly frame: Frame;
  readonly size: Size;
  readonly placed: readonly Placed[];
  readonly lines: readonly {
    readonly edge: PictureEdge;
    readonly points: number[];
    readonly goesOn: SceneLine["goesOn"];
  }[];
  /** Where a neighbour's edges cross the border, from the frame's corner. */
  readonly ports: ReadonlyMap<string, number>;
  readonly captions: SceneBox["captions"];
  readonly inner: ReadonlyMap<string, Arranged>;
}

export async function arrange(
  root: Frame,
  direction: Direction,
  measurer: Measurer,
  layOut: LayOut,
): Promise<Scene> {
  const arranger = new Arranger(direction, measurer, layOut);
  const arranged = await arranger.arrange(root);
  return new SceneBuilder(direction, measurer).build(arranged);
}

class Arranger {
  readonly #direction: Direction;
  readonly #measurer: Measurer;
  readonly #layOut: LayOut;

  constructor(direction: Direction, measurer: Measurer, layOut: LayOut) {
    this.#direction = direction;
    this.#measurer = measurer;
    this.#layOut = layOut;
  }

  async arrange(frame: Frame): Promise<Arranged> {
    const inner = new Map<string, Arranged>();
    await Promise.all(
      [...frame.frames].map(async ([id, child]) => {
        inner.set(id, await this.arrange(child));
      }),
    );
    const sizeOf = (item: Item): Size => inner.get(item.id)?.size ?? this.#measurer.box(item);
    const main = await this.#layOut(this.#graphOf(frame, sizeOf));
    const isRoot = frame.item === null;
    const [left, top] = isRoot ? [0, 0] : [PADDING, HEADER + PADDING];
    const placed: Placed[] = frame.main.map((item, i) => {
      const size = sizeOf(item);
      return {
        item,
        x: left + main.x[i]! - size.width / 2,
        y: top + main.y[i]! - size.height / 2,
        size,
        aside: "main",
      };
    });
    const columns = asideColumns(frame, sizeOf, left + main.width, top, main.height);
    const right = columns.right > 0 ? columns.right : left + main.width;
    const bottom = Math.max(top + main.height, columns.bottom);
    const header = frame.item ? this.#measurer.fit(frame.item.label).width + 60 : 0;
    const size = { width: Math.max(right + left, header), height: bottom + (isRoot ? 0 : PADDING) };
    const { lines, ports } = this.#linesOf(frame, main, left, top, size, bottom);
    return {
      frame,
      size,
      placed: [...placed, ...columns.placed],
      lines,
      ports,
      captions: columns.captions,
      inner,
    };
  }

  #graphOf(frame: Frame, sizeOf: (item: Item) => Size): LayoutGraph {
    const direction = this.#direction;
    const index = new Map(frame.main.map((item, i) => [item.id, i]));
    const sizes = frame.main.map((item) => {
      const { width, height } = sizeOf(item);
      const room = this.#chipRoom(frame.chips.get(item.id) ?? []);
      return direction === "right"
        ? { width, height: height + 2 * room.height }
        : { width: width + 2 * room.width, height: Math.max(height, room.height) };
    });
    const from: number[] = [];
    const to: number[] = [];
    for (const edge of frame.edges) {
      from.push(index.get(edge.from)!);
      to.push(index.get(edge.to)!);
    }
    frame.ports.forEach((port, p) => {
      for (const edge of port.edges) {
        const own = index.get(port.side === "from" ? edge.to : edge.from)!;
        const at = frame.main.length + p;
        from.push(port.side === "from" ? at : own);
        to.push(port.side === "from" ? own : at);
      }
    });
    return {
      direction,
      widths: [...sizes.map((size) => size.width), ...frame.ports.map(() => 2)],
      heights: [...sizes.map((size) => size.height), ...frame.ports.map(() => 2)],
      sides: [
        ...frame.main.map(() => "none" as const),
        ...frame.ports.map((port) => (port.side === "from" ? ("first" as const) : ("last" as const))),
      ],
      from,
      to,
    };
  }

  /** Room that annotations need on each side, so that the box stands in the middle. */
  #chipRoom(chips: readonly Chip[]): Size {
    if (chips.length === 0) return { width: 0, height: 0 };
    const sides = [shownChips(chips, "input"), shownChips(chips, "output")];
    const width = Math.max(...sides.flat().map((chip) => this.#measurer.chip(chip).width)) + CHIP_GAP + 6;
    return { width, height: Math.max(...sides.map((side) => side.length)) * CHIP_HEIGHT };
  }

  #linesOf(
    frame: Frame,
    main: Layout,
    left: number,
    top: number,
    size: Size,
    bottom: number,
  ): Pick<Arranged, "lines" | "ports"> {
    const shifted = (route: readonly number[]): number[] =>
      route.map((value, i) => value + (i % 2 === 0 ? left : top));
    const lines = frame.edges.map((edge, e) => ({
      edge,
      points: shifted(main.routes[e]!),
      goesOn: "" as SceneLine["goesOn"],
    }));
    const ports = new Map<string, number>();
    let e = frame.edges.length;
    frame.ports.forEach((port, p) => {
      const at = frame.main.length + p;
      const across = this.#direction === "right" ? top + main.y[at]! : left + main.x[at]!;
      ports.set(`${port.side}\n${port.neighbour}`, across);
      for (const edge of port.edges) {
        const points = shifted(main.routes[e++]!);
        extendToBorder(points, port.side, this.#direction, across, size, bottom);
        lines.push({ edge, points, goesOn: port.side });
      }
    });
    return { lines, ports };
  }
}

/** Adds the piece between the layout's edge and the frame's border. */
function extendToBorder(
  points: number[],
  side: "from" | "to",
  direction: Direction,
  across: number,
  size: Size,
  bottom: number,
): void {
  const first = (side === "from") === (direction !== "up");
  const border = first ? 0 : direction === "right" ? size.width : Math.max(size.height, bottom);
  const end = direction === "right" ? [border, across] : [across, border];
  if (side === "from") points.unshift(...end);
  else points.push(...end);
}

/** What is put aside stands in columns at the right: inputs, then outputs, then the library's functions. */
function asideColumns(
  frame: Frame,
  sizeOf: (item: Item) => Size,
  start: number,
  top: number,
  mainHeight: number,
): { placed: Placed[]; captions: SceneBox["captions"]; right: number; bottom: number } {
  const placed: Placed[] = [];
  const captions: { text: string; x: number; y: number }[] = [];
  const height = Math.max(mainHeight, ASIDE_LEAST_HEIGHT);
  let right = 0;
  let bottom = 0;
  let left = frame.main.length > 0 ? start + 3 * PADDING : start;
  const columns = [
    ["Inputs aside", "input", frame.inputs],
    ["Outputs aside", "output", frame.outputs],
    ["Functions", "function", frame.functions],
  ] as const;
  for (const [text, aside, items] of columns) {
    if (items.length === 0) continue;
    captions.push({ text, x: left, y: top });
    let y = top + CAPTION;
    // The caption needs its room, too.
    let widest = text.length * 6.5;
    right = Math.max(right, left + widest);
    for (const item of items) {
      const size = sizeOf(item);
      if (y > top + CAPTION && y + size.height > top + height) {
        left += widest + ASIDE_GAP;
        y = top + CAPTION;
        widest = 0;
      }
      placed.push({ item, x: left, y, size, aside });
      y += size.height + ASIDE_GAP;
      widest = Math.max(widest, size.width);
      right = Math.max(right, left + size.width);
      bottom = Math.max(bottom, y - ASIDE_GAP);
    }
    left += widest + 2 * PADDING;
  }
  return { placed, captions, right, bottom };
}

class SceneBuilder {
  readonly #vertical: boolean;
  readonly #measurer: Measurer;
  readonly #boxes: SceneBox[] = [];
  readonly #lines: SceneLine[] = [];
  readonly #index = new Map<string, number>();

  constructor(direction: Direction, measurer: Measurer) {
    this.#vertical = direction !== "right";
    this.#measurer = measurer;
  }

  build(root: Arranged): Scene {
    this.#add(null, root, { x: 0, y: 0, size: root.size, aside: "main" }, [], 0, -1);
    return { boxes: this.#boxes, lines: this.#lines, index: this.#index, vertical: this.#vertical };
  }

  #add(
    item: Item | null,
    content: Arranged | null,
    at: Omit<Placed, "item">,
    chips: readonly Chip[],
    depth: number,
    parent: number,
  ): void {
    const here = this.#boxes.length;
    const { x, y, size } = at;
    const box: SceneBox = {
      id: item?.id ?? "",
      item,
      text: item ? this.#measurer.fit(item.label).text : "",
      depth,
      parent,
      x,
      y,
      width: size.width,
      height: size.height,
      open: content !== null,
      end: here + 1,
      firstLine: this.#lines.length,
      endLine: this.#lines.length,
      chips: this.#placeChips(chips, at),
      aside: at.aside,
      captions: (content?.captions ?? []).map((caption) => ({
        ...caption,
        x: caption.x + x,
        y: caption.y + y,
      })),
    };
    this.#boxes.push(box);
    this.#index.set(box.id, here);
    if (!content) return;
    const corners = new Map(
      content.placed.map((place) => [place.item.id, this.#vertical ? x + place.x : y + place.y]),
    );
    for (const { edge, points, goesOn } of content.lines) {
      const moved = Float64Array.from(points, (value, i) => value + (i % 2 === 0 ? x : y));
      const led = this.#leadToPorts(moved, edge, content, corners);
      this.#lines.push({
        id: `${box.id}\n${edge.id}`,
        edge,
        points: moved,
        goesOn: goesOn || (led ? "to" : ""),
      });
    }
    box.endLine = this.#lines.length;
    for (const { item: child, ...place } of content.placed) {
      const moved = { ...place, x: place.x + x, y: place.y + y };
      const own = content.frame.chips.get(child.id) ?? [];
      this.#add(child, content.inner.get(child.id) ?? null, moved, own, depth + 1, here);
    }
    box.end = this.#boxes.length;
  }

  /** An edge to an open box ends where it goes on inside; true if its end does. */
  #leadToPorts(
    points: Float64Array,
    edge: PictureEdge,
    content: Arranged,
    corners: ReadonlyMap<string, number>,
  ): boolean {
    const axis = this.#vertical ? 0 : 1;
    const inTo = content.inner.get(edge.to)?.ports.get(`from\n${edge.from}`);
    const inFrom = content.inner.get(edge.from)?.ports.get(`to\n${edge.to}`);
    if (inTo !== undefined) points[points.length - 2 + axis] = corners.get(edge.to)! + inTo;
    if (inFrom !== undefined) points[axis] = corners.get(edge.from)! + inFrom;
    return inTo !== undefined;
  }

  #placeChips(chips: readonly Chip[], { x, y, size }: Omit<Placed, "item">): SceneChip[] {
    return (["input", "output"] as const).flatMap((side) => {
      const shown = shownChips(chips, side);
      const height = shown.length * CHIP_HEIGHT;
      return shown.map((chip, i) => {
        const { text, width } = this.#measurer.chip(chip);
        if (!this.#vertical)
          return {
            chip,
            text,
            width,
            x: x + (size.width - width) / 2,
            y: side === "input" ? y - height + i * CHIP_HEIGHT : y + size.height + i * CHIP_HEIGHT,
          };
        return {
          chip,
          text,
          width,
          x: side === "input" ? x - CHIP_GAP - width : x + size.width + CHIP_GAP,
          y: y + (size.height - height) / 2 + i * CHIP_HEIGHT,
        };
      });
    });
  }
}
