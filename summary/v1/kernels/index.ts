/** What is computed here, by the operation's name. A kernel is one entry in one of these files. */
import type { Kernel } from "../evaluation.ts";
import { arrayKernels } from "./array.ts";
import { controlKernels } from "./control.ts";
import { mathKernels } from "./math.ts";
import { randomKernels } from "./random.ts";
import { stateKernels } from "./state.ts";
import { summaryKernels } from "./summary.ts";

export const kernels: ReadonlyMap<string, Kernel> = new Map(
  [arrayKernels, mathKernels, randomKernels, stateKernels, controlKernels, summaryKernels].flatMap((group) =>
    Object.entries(group),
  ),
);
