/** A tag's meshes: every run's at the step that the page looks at, under one camera or each under its own. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { Icon } from "../../app/icons.tsx";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader, type Download } from "../../board/card-header.tsx";
import { feedMessage, NothingYet } from "../../board/card-message.tsx";
import { MoreSamples } from "../../board/more-samples.tsx";
import { Paged } from "../../board/paged.tsx";
import { fileName, save } from "../../board/save.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import type { Views } from "./mesh-view.ts";
import { fitAnew, rigName, rigOf } from "./rig.ts";
import { places, setPlace, tie } from "./settings.ts";
import { MeshTile } from "./tile.tsx";
import { MOST_SAMPLES, nameOf, type ShownMesh, useMeshes } from "./use-meshes.ts";

export function MeshCard({ tag }: TagCardProps) {
  const all = useSignal(false);
  const { step, runs, shown, error, waiting } = useMeshes(tag, all);
  const views = useSignal<Views>(new Map());
  const message =
    feedMessage({
      error: shown.value.length === 0 ? error.value : null,
      waiting: waiting.value,
      runs: runs.value,
    }) ?? (shown.value.length === 0 ? <NothingYet what="mesh" /> : null);
  const name = tag.value.tag;
  return (
    <>
      <CardHeader
        tag={tag.value}
        downloads={downloadsOf(name, shown, views.value)}
        actions={
          <button
            type="button"
            class="icon-button"
            aria-label={`Reset camera: ${name}`}
            title="Reset the camera: all is in sight"
            onClick={() => resetCameras(name, shown.value)}
          >
            <Icon name="reset" />
          </button>
        }
      />
      {message ?? (
        <>
          <div class="mesh-tiles">
            <Paged
              items={shown.value}
              page={24}
              make={(mesh) => (
                <MeshTile
                  key={`${mesh.info.run}/${mesh.sample}`}
                  mesh={mesh}
                  views={views.value}
                  error={error.value}
                />
              )}
            />
          </div>
          <MoreSamples
            most={MOST_SAMPLES}
            samples={Math.max(0, ...shown.value.map(({ info }) => info.samples))}
            all={all}
            what="meshes"
          />
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

function resetCameras(tag: string, shown: readonly ShownMesh[]): void {
  const names = new Set(shown.map(({ info, sample }) => rigName(tie.peek(), tag, info.run, sample)));
  for (const name of names) {
    if (places.peek().has(name)) setPlace(name, null);
    fitAnew(rigOf(name));
  }
}

const DOWNLOADED = 12;

/** Pictures of the first meshes, as they are seen. */
function downloadsOf(tag: string, shown: ReadonlySignal<readonly ShownMesh[]>, views: Views): Download[] {
  return shown.value.slice(0, DOWNLOADED).map((mesh) => ({
    label: nameOf(mesh),
    hint: "PNG",
    run: async () => {
      const view = views.get(nameOf(mesh));
      if (!view) throw new Error("it is not drawn");
      save(await view.picture(), `${fileName(`${tag}_${nameOf(mesh)}_${mesh.step}`)}.png`);
    },
  }));
}
