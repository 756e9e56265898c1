/** How a running layout is shown and steered from outside. */
import type { LayoutChange, LayoutFrame } from "./types.ts";

export class LayoutControl {
  private waiting = false;
  private stopAsked = false;
  private perturbAsked = false;
  private changes: LayoutChange | undefined;
  private readonly show: ((frame: LayoutFrame) => void) | undefined;

  /** @param show gets frames; the next only after `seen` */
  constructor(show?: (frame: LayoutFrame) => void) {
    this.show = show;
  }

  /** Shows what `frame` makes, unless the one before is still on its way. */
  offer(frame: () => LayoutFrame): void {
    if (!this.show || this.waiting) return;
    this.waiting = true;
    this.show(frame());
  }

  seen(): void {
    this.waiting = false;
  }

  stop(): void {
    this.stopAsked = true;
  }

  perturb(): void {
    this.perturbAsked = true;
  }

  change(change: LayoutChange): void {
    this.changes = { ...this.changes, ...change };
  }

  /** What was changed since the last time. */
  takeChange(): LayoutChange | undefined {
    const { changes } = this;
    this.changes = undefined;
    return changes;
  }

  get stopped(): boolean {
    return this.stopAsked;
  }

  /** Whether points should be shaken now; true once for each time it was asked. */
  takePerturb(): boolean {
    const asked = this.perturbAsked;
    this.perturbAsked = false;
    return asked;
  }
}
