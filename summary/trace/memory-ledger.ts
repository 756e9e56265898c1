/** Keeps account of the step's data: who allocated what and when, when it was freed, and how much was alive. */
import type { Allocation, KernelMemory, KernelRecord, Source } from "./recording.ts";

/** A kernel that runs. */
interface Running {
  readonly kernel: KernelRecord;
  live: number;
  peak: number;
}

export class MemoryLedger {
  readonly allocations = new Map<Source, Allocation[]>();
  readonly kernels = new Map<KernelRecord, KernelMemory>();
  private readonly byData = new Map<object, Allocation>();
  private readonly running: Running[] = [];
  /** Of what kernels allocated. */
  private readonly owners = new Map<Allocation, Running>();
  private readonly given = new Set<Allocation>();
  private inUse: number;

  /** @param inUse bytes alive before the step */
  constructor(inUse: number) {
    this.inUse = inUse;
  }

  begin(kernel: KernelRecord): void {
    this.running.push({ kernel, live: 0, peak: 0 });
  }

  end(): void {
    const ended = this.running.pop();
    if (ended === undefined) return;
    this.kernels.set(ended.kernel, { peak: ended.peak, live: ended.live, inUse: this.inUse });
  }

  /** New data: the kernel's that runs, else of what will be found to hold it. */
  allocated(dataId: object, bytes: number, at: number): void {
    this.inUse += bytes;
    const owner = this.running.at(-1);
    const allocation = this.add(dataId, bytes, at);
    if (owner === undefined) return;
    this.owners.set(allocation, owner);
    owner.live += bytes;
    owner.peak = Math.max(owner.peak, owner.live);
    this.give(owner.kernel, allocation);
  }

  freed(dataId: object, bytes: number, at: number): void {
    this.inUse -= bytes;
    const allocation = this.byData.get(dataId);
    if (allocation === undefined) return;
    allocation.freedAt = at;
    const owner = this.owners.get(allocation);
    if (owner !== undefined) owner.live -= bytes;
  }

  /** The source holds this data: it was there before the step, is a constant's, or a clone's. */
  hold(source: Source, dataId: object, bytes: number): void {
    const allocation = this.byData.get(dataId) ?? this.add(dataId, bytes, undefined);
    if (this.given.has(allocation)) return;
    this.give(source, allocation);
    // A clone of what a kernel gave, made after it.
    const kernel = source.kind === "kernel" && this.kernels.get(source);
    if (kernel) this.kernels.set(source, { ...kernel, peak: kernel.peak + bytes, live: kernel.live + bytes });
  }

  of(dataId: object): Allocation | undefined {
    return this.byData.get(dataId);
  }

  private add(dataId: object, bytes: number, at: number | undefined): Allocation {
    const allocation = { id: this.byData.size + 1, bytes, at, freedAt: undefined, inUse: this.inUse };
    this.byData.set(dataId, allocation);
    return allocation;
  }

  private give(source: Source, allocation: Allocation): void {
    this.given.add(allocation);
    const owned = this.allocations.get(source);
    if (owned === undefined) this.allocations.set(source, [allocation]);
    else owned.push(allocation);
  }
}
