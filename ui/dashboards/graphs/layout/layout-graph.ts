/** What is laid out, and what comes of it: plain data, so that it crosses to a worker and back. */

export type Direction = "up" | "down" | "right";

/** A port is where edges cross the frame of the scope: on its first side or its last. */
export type PortSide = "none" | "first" | "last";

export interface LayoutGraph {
  readonly direction: Direction;
  /** Sizes of the nodes, in the picture's units. */
  readonly widths: readonly number[];
  readonly heights: readonly number[];
  readonly sides: readonly PortSide[];
  /** Ends of the edges, as indices of nodes. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centres of the nodes. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of each edge its points, `x, y, x, y, …`, from the border of one node to that of the other. */
  readonly routes: readonly (readonly number[])[];
}

/** Room between neighbours of a rank, between ranks, and between parts that nothing connects. */
export const SPACE = { node: 18, dummy: 10, rank: 44, part: 26 };
