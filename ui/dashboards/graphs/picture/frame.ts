/**
 * An opened scope as it is to be drawn: which children stand in the main graph and which aside, the edges between them,
 * the ports through which edges leave the frame, and the small annotations that stand for other edges.
 */
import { groupBy } from "../../../../graph/group-by.ts";
import type { GraphChild, GraphEdge, GraphScope } from "../../../../graph/views.ts";
import { type Content, functionItem, type Item, itemOf, mergeEdges } from "./items.ts";
import { type Section, sectionsOf } from "./sections.ts";

/** A child with more edges than this to the outside, on one side, has annotations instead (TensorBoard's bound). */
const MOST_OUTSIDE_EDGES = 4;
/** Ports on one side of a frame; beyond, the thinnest become annotations. */
const MOST_PORTS = 10;

/** What a person chose of the picture. */
export interface PictureOptions {
  readonly opened: ReadonlySet<string>;
  /** Kinds of operations that are not shown. */
  readonly hiddenOps: ReadonlySet<string>;
  /** Names put aside, or back into the main graph, by hand. */
  readonly putAside: ReadonlySet<string>;
  readonly putBack: ReadonlySet<string>;
  /** Series whose members stand for themselves. */
  readonly ungrouped: ReadonlySet<string>;
}

/** A small thing beside a node that stands for an edge to something that is not drawn next to it. */
export interface Chip {
  readonly label: string;
  /** Id or name of what it stands for; null for "… and more". */
  readonly target: string | null;
  readonly side: "input" | "output";
  readonly kind: "constant" | "summary" | "aside" | "outside" | "more";
  readonly control: boolean;
}

/** Edges between this frame's main graph and one neighbour of the frame. */
export interface Port {
  /** Id of the neighbour in the picture. */
  readonly neighbour: string;
  readonly side: "from" | "to";
  readonly edges: readonly PictureEdge[];
}

/** An edge whose ends are ids. Of a port's edges the end outside is the neighbour's. */
export interface PictureEdge extends GraphEdge {
  readonly id: string;
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

export interface Frame {
  /** Empty for the root. */
  readonly id: string;
  readonly item: Item | null;
  readonly parent: Frame | null;
  readonly main: readonly Item[];
  readonly inputs: readonly Item[];
  readonly outputs: readonly Item[];
  readonly functions: readonly Item[];
  readonly edges: readonly PictureEdge[];
  readonly ports: readonly Port[];
  readonly chips: ReadonlyMap<string, readonly Chip[]>;
  /** All edges that its children have, drawn or told, between ids. */
  readonly links: readonly Link[];
  /** Item that shows a name of the graph, or that it is hidden in. */
  readonly place: ReadonlyMap<string, string>;
  /** Frames of the items that are open. */
  readonly frames: ReadonlyMap<string, Frame>;
}

export type Scopes = (name: string) => GraphScope | undefined;

/** The picture as frames in frames; scopes that are not loaded yet are drawn closed. */
export function buildFrames(root: GraphScope, scopes: Scopes, options: PictureOptions): Frame {
  return new FrameBuilder(scopes, options).frame(null, null, contentOf(root));
}

function contentOf(scope: GraphScope): Content {
  return {
    children: scope.children,
    edges: scope.edges,
    outside: scope.outside,
    asideInputs: new Set(scope.aside.inputs),
    asideOutputs: new Set(scope.aside.outputs),
    functions: new Set(scope.functions),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class FrameBuilder {
  readonly #scopes: Scopes;
  readonly #options: PictureOptions;

  constructor(scopes: Scopes, options: PictureOptions) {
    this.#scopes = scopes;
    this.#options = options;
  }

  frame(item: Item | null, parent: Frame | null, whole: Content): Frame {
    const content = this.#withoutHidden(this.#ungroup(whole));
    const { main, inputs, outputs, functions } = this.#split(content);
    const sections = sectionsOf(item?.id ?? "", item?.name ?? "", content, main);
    const place = new Map<string, string>();
    const frames = new Map<string, Frame>();
    const frame: Mutable<Frame> = {
      id: item?.id ?? "",
      item,
      parent,
      main: sections ? sections.map((section) => section.item) : main.map(itemOf),
      inputs: inputs.map(itemOf),
      outputs: outputs.map(itemOf),
      functions: functions.map(functionItem),
      edges: [],
      ports: [],
      chips: new Map(),
      links: [],
      place,
      frames,
    };
    for (const child of content.children) place.set(child.name, child.name);
    for (const section of sections ?? [])
      for (const child of section.content.children) place.set(child.name, section.item.id);
    const edges = new FrameEdges(frame, content);
    frame.edges = edges.inner;
    frame.ports = edges.ports;
    frame.chips = edges.chips;
    frame.links = edges.links;
    this.#openItems(frame, frames, sections);
    return frame;
  }

  #openItems(frame: Frame, frames: Map<string, Frame>, sections: Section[] | null): void {
    const contents = new Map(sections?.map((section) => [section.item.id, section.content]));
    for (const item of [...frame.main, ...frame.inputs, ...frame.outputs, ...frame.functions]) {
      if (!this.#options.opened.has(item.id)) continue;
      const scope = item.opens === null ? undefined : this.#scopes(item.opens);
      const content = contents.get(item.id) ?? (scope && contentOf(scope));
      if (content) frames.set(item.id, this.frame(item, frame, content));
    }
  }

  /** Which children stand beside the main graph: by TensorBoard's rules, but for what was moved by hand. */
  #split(content: Content): Record<"main" | "inputs" | "outputs" | "functions", GraphChild[]> {
    const { putAside, putBack } = this.#options;
    const feeds = new Set(content.edges.map((edge) => edge.from));
    const placeOf = ({ name }: GraphChild): "main" | "inputs" | "outputs" | "functions" => {
      if (content.functions.has(name)) return "functions";
      if (putBack.has(name)) return "main";
      if (content.asideInputs.has(name)) return "inputs";
      if (content.asideOutputs.has(name)) return "outputs";
      if (!putAside.has(name)) return "main";
      return feeds.has(name) ? "inputs" : "outputs";
    };
    const places = groupBy(content.children, placeOf);
    return {
      main: places.get("main") ?? [],
      inputs: places.get("inputs") ?? [],
      outputs: places.get("outputs") ?? [],
      functions: places.get("functions") ?? [],
    };
  }

  #withoutHidden(content: Content): Content {
    const { hiddenOps } = this.#options;
    if (hiddenOps.size === 0) return content;
    const isHidden = (child: GraphChild): boolean => child.op !== null && hiddenOps.has(child.op);
    const hidden = new Set(content.children.filter(isHidden).map((child) => child.name));
    if (hidden.size === 0) return content;
    const shown = ({ from, to }: GraphEdge): boolean => !hidden.has(from) && !hidden.has(to);
    return {
      ...content,
      children: content.children.filter((child) => !hidden.has(child.name)),
      edges: content.edges.filter(shown),
      outside: content.outside.filter(shown),
    };
  }

  /** Puts the members of a series that is to be unfolded in its place. */
  #ungroup(content: Content): Content {
    let result = content;
    for (const series of content.children) {
      if (series.type !== "SERIES" || !this.#options.ungrouped.has(series.name)) continue;
      const scope = this.#scopes(series.name);
      if (!scope) continue;
      const touches = ({ from, to }: GraphEdge): boolean => from === series.name || to === series.name;
      const siblings = new Set(result.children.map((child) => child.name));
      const isInner = ({ outside, from, to }: GraphScope["outside"][number]): boolean =>
        siblings.has(outside === "from" ? from : to);
      result = {
        ...result,
        children: result.children.flatMap((child) => (child === series ? scope.children : [child])),
        edges: [
          ...result.edges.filter((edge) => !touches(edge)),
          ...scope.edges,
          ...scope.outside.filter(isInner),
        ],
        outside: [
          ...result.outside.filter((edge) => !touches(edge)),
          ...scope.outside.filter((edge) => !isInner(edge)),
        ],
      };
    }
    return result;
  }
}

/** Sorts a frame's edges: between main items, through ports, or told by annotations. */
class FrameEdges {
  readonly inner: PictureEdge[] = [];
  readonly ports: Port[] = [];
  readonly chips = new Map<string, Chip[]>();
  readonly links: Link[] = [];

  constructor(frame: Frame, content: Content) {
    const main = new Set(frame.main.map((item) => item.id));
    const label = new Map(content.children.map((child) => [child.name, child.label]));
    for (const item of [...frame.main, ...frame.inputs, ...frame.outputs]) this.#ownChips(item);
    const placed = content.edges.map((edge) => ({
      ...edge,
      from: frame.place.get(edge.from) ?? edge.from,
      to: frame.place.get(edge.to) ?? edge.to,
      names: edge,
    }));
    for (const { names, ...edge } of mergeEdges(placed)) {
      if (
        edge.from === edge.to &&
        frame.main.some((item) => item.id === edge.from && item.kind === "section")
      )
        continue;
      this.links.push({ from: edge.from, to: edge.to });
      const [fromMain, toMain] = [main.has(edge.from), main.has(edge.to)];
      if (fromMain && toMain) this.inner.push({ ...edge, id: `${edge.from}\n${edge.to}` });
      else if (toMain) this.#chip(edge.to, "input", "aside", edge.from, label.get(names.from), edge);
      else if (fromMain) this.#chip(edge.from, "output", "aside", edge.to, label.get(names.to), edge);
    }
    this.#outside(frame, content, main);
  }

  #ownChips({ id, child }: Item): void {
    const list = (names: readonly string[], side: Chip["side"], kind: Chip["kind"]): void => {
      for (const name of names)
        this.#push(id, { label: leaf(name), target: name, side, kind, control: false });
    };
    list(child?.constants ?? [], "input", "constant");
    list(child?.summaries ?? [], "output", "summary");
  }

  #chip(
    item: string,
    side: Chip["side"],
    kind: Chip["kind"],
    target: string,
    label: string | undefined,
    edge: GraphEdge,
  ): void {
    this.#push(item, { label: label ?? leaf(target), target, side, kind, control: edge.regular === 0 });
  }

  #push(item: string, chip: Chip): void {
    const chips = this.chips.get(item);
    if (!chips) this.chips.set(item, [chip]);
    else if (!chips.some((other) => other.target === chip.target && other.side === chip.side))
      chips.push(chip);
  }

  /** Edges to what is outside go through ports while they are few; other ends are told by annotations. */
  #outside(frame: Frame, content: Content, main: ReadonlySet<string>): void {
    const edges = mergeEdges(
      content.outside.flatMap((edge) => {
        const own = frame.place.get(edge.outside === "from" ? edge.to : edge.from);
        const neighbour = neighbourOf(frame, edge.outside === "from" ? edge.from : edge.to);
        if (own === undefined || !main.has(own)) return [];
        const ends =
          edge.outside === "from" ? { from: neighbour.id, to: own } : { from: own, to: neighbour.id };
        return [{ ...edge, ...ends, drawn: neighbour.drawn }];
      }),
    );
    for (const { from, to } of edges) this.links.push({ from, to });
    const degree = new Map<string, number>();
    const ownEnd = (edge: (typeof edges)[number]): string => (edge.outside === "from" ? edge.to : edge.from);
    const isPort = (edge: (typeof edges)[number]): boolean => edge.drawn && edge.regular > 0;
    for (const edge of edges)
      if (isPort(edge)) {
        const key = `${edge.outside}${ownEnd(edge)}`;
        degree.set(key, (degree.get(key) ?? 0) + 1);
      }
    const ports = new Map<string, PictureEdge[]>();
    for (const edge of edges) {
      const few = degree.get(`${edge.outside}${ownEnd(edge)}`)! <= MOST_OUTSIDE_EDGES;
      if (!isPort(edge) || !few) {
        this.#tell(edge, ownEnd(edge));
        continue;
      }
      const key = `${edge.outside}\n${edge.outside === "from" ? edge.from : edge.to}`;
      ports.set(key, [...(ports.get(key) ?? []), { ...edge, id: `${frame.id}\n${edge.from}\n${edge.to}` }]);
    }
    for (const side of ["from", "to"] as const) {
      const own = [...ports]
        .filter(([key]) => key.startsWith(`${side}\n`))
        .map(([key, portEdges]) => ({ neighbour: key.slice(side.length + 1), side, edges: portEdges }))
        .sort((a, b) => total(b) - total(a));
      this.ports.push(...own.slice(0, MOST_PORTS));
      for (const port of own.slice(MOST_PORTS))
        for (const edge of port.edges)
          this.#tell({ ...edge, outside: side }, side === "from" ? edge.to : edge.from);
    }
  }

  #tell(edge: GraphEdge & { readonly outside: "from" | "to" }, own: string): void {
    const [side, target] =
      edge.outside === "from" ? (["input", edge.from] as const) : (["output", edge.to] as const);
    this.#chip(own, side, "outside", target, undefined, edge);
  }
}

function total(port: Port): number {
  return port.edges.reduce((sum, edge) => sum + edge.size, 0);
}

/** Who stands for a name in a frame around this one, and whether it is in that frame's main graph. */
function neighbourOf(frame: Frame, name: string): { id: string; drawn: boolean } {
  for (let around = frame.parent; around; around = around.parent) {
    const id = around.place.get(name);
    if (id !== undefined) return { id, drawn: around.main.some((item) => item.id === id) };
  }
  return { id: name, drawn: false };
}

export function leaf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
