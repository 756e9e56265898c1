/** The controls of the images dashboard. */
import { Icon } from "../../app/icons.tsx";
import { Slider, Toggle } from "../../board/controls.tsx";
import {
  actualSize,
  BRIGHTNESS,
  brightness,
  CONTRAST,
  contrast,
  stretch,
  TILE,
  tileWidth,
} from "./settings.ts";

export function Tools() {
  const isToned = brightness.value !== BRIGHTNESS.usual || contrast.value !== CONTRAST.usual;
  return (
    <>
      {!actualSize.value && (
        <Slider
          label="Width"
          min={TILE.min}
          max={TILE.max}
          step={2}
          value={tileWidth.value}
          onChange={(value) => (tileWidth.value = value)}
        />
      )}
      <div class="toggles">
        <Toggle
          label="Actual size"
          title="A pixel of the image is a pixel of the page"
          on={actualSize.value}
          onChange={(on) => (actualSize.value = on)}
        />
        <Toggle
          label="Stretch 16 bit"
          title="Of images of 16 bits a channel, the smallest and largest value become black and white"
          on={stretch.value}
          onChange={(on) => (stretch.value = on)}
        />
      </div>
      <Slider
        label="Brightness"
        min={BRIGHTNESS.min}
        max={BRIGHTNESS.max}
        step={0.01}
        fieldStep={0.1}
        value={brightness.value}
        onChange={(value) => (brightness.value = value)}
      />
      <Slider
        label="Contrast"
        min={CONTRAST.min}
        max={CONTRAST.max}
        step={0.01}
        fieldStep={0.1}
        value={contrast.value}
        onChange={(value) => (contrast.value = value)}
      />
      {isToned && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            brightness.value = BRIGHTNESS.usual;
            contrast.value = CONTRAST.usual;
          }}
        >
          <Icon name="reset" />
          Reset
        </button>
      )}
    </>
  );
}
