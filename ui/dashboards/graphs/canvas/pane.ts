/** The window that the picture is seen through, and what lies over it: minimap, buttons, legend. */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Pane {
  readonly width: number;
  readonly height: number;
  /** What hides the picture below it, in the window's pixels. */
  readonly covers: readonly Rect[];
}

/** What two rectangles have in common; null for nothing. */
export function shared(a: Rect, b: Rect): Rect | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The largest rectangles of the window that no cover reaches into. They overlap each other. */
export function roomsOf({ width, height, covers }: Pane): Rect[] {
  let rooms: Rect[] = [{ x: 0, y: 0, width, height }];
  for (const cover of covers)
    rooms = rooms.flatMap((room) => (shared(room, cover) ? roomsBeside(room, cover) : [room]));
  return rooms;
}

/** Above, to the left, to the right and below. */
function roomsBeside(room: Rect, cover: Rect): Rect[] {
  const [right, bottom] = [cover.x + cover.width, cover.y + cover.height];
  return [
    { ...room, height: cover.y - room.y },
    { ...room, width: cover.x - room.x },
    { ...room, x: right, width: room.x + room.width - right },
    { ...room, y: bottom, height: room.y + room.height - bottom },
  ].filter(({ width, height }) => width > 0 && height > 0);
}
