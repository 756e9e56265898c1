/** What the images dashboard lets a person choose, all of it in the address. */
import type { TagInfo } from "../../../server/api/types.ts";
import { flagField, numberField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import { runsWith } from "../../board/runs-of.ts";

/** The ranges are stock TensorBoard's for brightness; its contrast goes to 500 %, as here. */
export const BRIGHTNESS = { min: 0, max: 2, usual: 1 };
export const CONTRAST = { min: 0, max: 5, usual: 1 };
/** Least width of a card, px. */
export const CARD_WIDTH = 460;
/** Three of the usual width stand side by side in a card of the least width that cards have on a wide screen. */
export const TILE = { min: 48, max: 640, usual: 144 };

export const brightness = urlSignal(
  "brightness",
  numberField(BRIGHTNESS.usual, BRIGHTNESS.min, BRIGHTNESS.max),
  { lasting: true },
);
export const contrast = urlSignal("contrast", numberField(CONTRAST.usual, CONTRAST.min, CONTRAST.max), {
  lasting: true,
});
/** Values of 16-bit images stretched from black to white. */
export const stretch = urlSignal("stretch", flagField(false), { lasting: true });
export const actualSize = urlSignal("actual_size", flagField(false), { lasting: true });
export const tileWidth = urlSignal("image_width", numberField(TILE.usual, TILE.min, TILE.max), {
  lasting: true,
});

/** Of a card without its tiles: header, slider, and what is around them. */
const FRAME_PX = 80;
/** Of a tile its name and the gap below. */
const NAME_PX = 30;
/** More rows than these fill every screen. */
const MOST_ROWS = 6;

/** How high a tag's card will be if its images are squares, px. Reads signals. */
export function likelyHeight(tag: TagInfo): number {
  const images = runsWith(tag).length;
  const across = Math.max(1, Math.floor(CARD_WIDTH / tileWidth.value));
  const rows = actualSize.value ? 1 : Math.min(MOST_ROWS, Math.ceil(images / across));
  return FRAME_PX + rows * (tileWidth.value + NAME_PX);
}
