/** What a person does with the picture, from whichever panel: open, choose, put aside, fly to. */
import { batch, effect, signal, untracked } from "@preact/signals";
import type { GraphView } from "./canvas/graph-view.ts";
import { type GraphModel, MOST_LEVELS } from "./graph-model.ts";
import { type Item, isOpenable, shortName } from "./picture/items.ts";
import { boxAround, boxBeside, firstBox, type Step } from "./picture/next-box.ts";
import { boxOf, type SceneBox } from "./picture/scene.ts";
import {
  direction,
  hiddenOps,
  openedIds,
  putAside,
  putBack,
  selectedId,
  selectedIds,
  sideTab,
  toggled,
  traceOf,
  ungrouped,
} from "./state.ts";

/** A sentence about what was just done, where the picture alone does not say it. */
export const notice = signal<string | null>(null);

export class GraphActions {
  readonly model: GraphModel;
  #view: GraphView | null = null;
  /** Box that stays in place when the picture changes next. */
  #anchor: string | null = null;

  constructor(model: GraphModel) {
    this.model = model;
  }

  set view(view: GraphView | null) {
    this.#view = view;
  }

  get view(): GraphView | null {
    return this.#view;
  }

  /** Tells the model what is chosen, now and whenever it changes. Returns the way to stop. */
  start(): () => void {
    return effect(() => {
      const options = {
        opened: new Set(openedIds.value),
        hiddenOps: new Set(hiddenOps.value),
        putAside: new Set(putAside.value),
        putBack: new Set(putBack.value),
        ungrouped: new Set(ungrouped.value),
      };
      const flow = direction.value;
      untracked(() => this.model.setOptions(options, flow, this.#anchor));
      this.#anchor = null;
    });
  }

  itemOf(id: string): Item | null {
    const { scene } = this.model.shown.value;
    const index = scene.index.get(id);
    return index === undefined ? null : scene.boxes[index]!.item;
  }

  toggle(id: string, follow = false): void {
    const item = this.itemOf(id);
    if (!item || !isOpenable(item)) return;
    this.setOpen(id, !openedIds.value.includes(id), follow);
  }

  /** `follow` moves there: who opens it elsewhere may not have it in sight. */
  setOpen(id: string, open: boolean, follow = false): void {
    this.#anchor = id;
    if (follow) this.#flyNext = id;
    openedIds.value = open
      ? toggled(openedIds.value, id, true)
      : openedIds.value.filter((other) => other !== id);
  }

  closeAll(): void {
    openedIds.value = [];
  }

  async openToLevel(levels: number): Promise<void> {
    if (levels <= 1) {
      this.closeAll();
      return;
    }
    const { ids, stopped } = await this.model.idsToLevel(levels);
    openedIds.value = ids;
    notice.value = stopped ? "Not all is open: more boxes, or deeper ones, could not be told apart." : null;
    this.#view?.fitNext();
  }

  select(id: string | null, also = false): void {
    batch(() => {
      if (id === null) selectedIds.value = [];
      else selectedIds.value = also ? toggled(selectedIds.value, id) : [id];
      if (id === null) traceOf.value = "";
    });
  }

  /** Chooses by keys: the first box where none is chosen, else the next in a direction. */
  chooseBeside(step: Step): void {
    const { scene } = this.model.shown.value;
    const from = this.#chosenBox();
    this.#chooseBox(from ? boxBeside(scene, from, step) : firstBox(scene, null));
  }

  /** The first box of the scope that is chosen and open, or of the picture. */
  chooseFirst(): void {
    this.#chooseBox(firstBox(this.model.shown.value.scene, this.#chosenBox()));
  }

  chooseAround(): void {
    const from = this.#chosenBox();
    if (from) this.#chooseBox(boxAround(this.model.shown.value.scene, from));
  }

  #chosenBox(): SceneBox | null {
    return selectedId.value === null ? null : boxOf(this.model.shown.value.scene, selectedId.value);
  }

  #chooseBox(box: SceneBox | null): void {
    if (!box) return;
    this.select(box.id);
    this.showCard();
    if (this.#view && !this.#view.isInSight(box)) this.#view.flyTo(box.id);
  }

  /** Opens what must be open for a node to be seen, chooses it and moves there. */
  async goTo(name: string): Promise<void> {
    const path = await this.model.reveal(name);
    if (!path) {
      const levels = name.split("/").length - 1;
      notice.value =
        levels > MOST_LEVELS
          ? `${shortName(name)} lies ${levels} scopes deep, and no more than ${MOST_LEVELS} are opened at once.`
          : `${shortName(name)} is not in the picture; its kind may be hidden.`;
      selectedIds.value = [name];
      return;
    }
    this.#flyNext = path.id;
    this.#anchor = path.id;
    batch(() => {
      openedIds.value = [...path.open];
      selectedIds.value = [path.id];
    });
    // Nothing may have to open: then no new scene comes.
    if (this.model.shown.value.scene.index.has(path.id)) this.#view?.flyTo(path.id);
  }

  /** Goes there as soon as another picture is shown, in which it is. */
  goToNext(name: string): void {
    this.#goNext = name;
  }

  #flyNext: string | null = null;
  #goNext: string | null = null;

  /** Called when a new scene is shown. */
  arrived(): void {
    const next = this.#goNext;
    this.#goNext = null;
    if (next !== null) void this.goTo(next);
    if (this.#flyNext === null || !this.model.shown.value.scene.index.has(this.#flyNext)) return;
    this.#view?.flyTo(this.#flyNext);
    this.#flyNext = null;
  }

  showCard(): void {
    sideTab.value = "node";
  }

  /** Puts the chosen beside the main graph, or back into it. */
  move(ids: readonly string[], aside: boolean): void {
    const names = ids.flatMap((id) => this.itemOf(id)?.name ?? []);
    const without = (list: readonly string[]): string[] => list.filter((name) => !names.includes(name));
    batch(() => {
      putAside.value = aside ? [...without(putAside.value), ...names] : without(putAside.value);
      putBack.value = aside ? without(putBack.value) : [...without(putBack.value), ...names];
    });
  }

  setUngrouped(name: string, on: boolean): void {
    ungrouped.value = toggled(ungrouped.value, name, on);
  }
}
