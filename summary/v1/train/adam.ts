/** Adam: each variable moves by moving averages of its gradient and of the gradient's square. */
import { attr } from "../../graph/attrs.ts";
import { constant, type TensorInput, toTensor } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { apply } from "../op.ts";
import type { Operation, Tensor } from "../operation.ts";
import type { Named } from "../ops/array.ts";
import { group } from "../ops/control.ts";
import { mul } from "../ops/elementwise.ts";
import { Variable } from "../variable.ts";
import { Optimizer, type Updates } from "./optimizer.ts";
import { createZerosSlot } from "./slots.ts";

/**
 * How Adam averages.
 *
 * @example
 * const options: v1.train.AdamOptions = { beta1: 0.8 };
 * console.log(new v1.train.AdamOptimizer(0.001, options).name); // Adam
 */
export interface AdamOptions extends Named {
  /** How much of the gradient's average stays at each step. Default 0.9. */
  readonly beta1?: number | undefined;
  /** How much of the square's average stays at each step. Default 0.999. */
  readonly beta2?: number | undefined;
  /** Keeps divisions from those by zero. Default 1e-8. */
  readonly epsilon?: number | undefined;
}

/** What belongs to a variable: the averages of its gradient and of the gradient's square. */
interface Averages {
  readonly m: Variable;
  readonly v: Variable;
}

/** How far the averages have come: beta1 and beta2 to the power of the steps taken. */
interface Powers {
  readonly beta1: Variable;
  readonly beta2: Variable;
}

/**
 * Adam: each variable moves by moving averages of its gradient and of the gradient's square.
 *
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const trainStep = new v1.train.AdamOptimizer(0.001).minimize(v1.nn.l2Loss(weights));
 * console.log(trainStep.op, v1.globalVariables().length); // NoOp 5
 */
export class AdamOptimizer extends Optimizer {
  private readonly learningRate: TensorInput;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly averages = new Map<Variable, Averages>();
  private powers: Powers | undefined;

  /** @param learningRate default 0.001 */
  constructor(learningRate: TensorInput = 0.001, options: AdamOptions = {}) {
    super(options.name ?? "Adam");
    this.learningRate = learningRate;
    this.beta1 = options.beta1 ?? 0.9;
    this.beta2 = options.beta2 ?? 0.999;
    this.epsilon = options.epsilon ?? 1e-8;
  }

  protected override createSlots(variables: readonly Variable[]): void {
    const first = variables.reduce((least, variable) => (variable.name < least.name ? variable : least));
    this.powers ??= getDefaultGraph().colocateWith(first.op, () => ({
      beta1: new Variable(this.beta1, { name: "beta1_power", trainable: false }),
      beta2: new Variable(this.beta2, { name: "beta2_power", trainable: false }),
    }));
    for (const variable of variables) {
      if (this.averages.has(variable)) continue;
      const m = createZerosSlot(variable, this.name);
      this.averages.set(variable, { m, v: createZerosSlot(variable, this.name) });
    }
  }

  protected override begin(): Updates {
    const rate = toTensor(this.learningRate, { name: "learning_rate" });
    const beta1 = constant(this.beta1, { name: "beta1" });
    const beta2 = constant(this.beta2, { name: "beta2" });
    const epsilon = constant(this.epsilon, { name: "epsilon" });
    const powers = this.powers!;
    return {
      update: (gradient, variable) => {
        const { m, v } = this.averages.get(variable)!;
        const inputs = [
          ["beta1_power", powers.beta1],
          ["beta2_power", powers.beta2],
          ["lr", rate],
          ["beta1", beta1],
          ["beta2", beta2],
          ["epsilon", epsilon],
          ["grad", gradient],
        ] as const;
        return apply("ApplyAdam", { refs: [variable.op, m.op, v.op] }, inputs, ({ dtype }) => ({
          attrs: { T: attr.type(dtype), use_locking: attr.bool(false), use_nesterov: attr.bool(false) },
          outputs: [variable.op.output],
        }));
      },
      finish: (updates, name) => group([...updates, ...advance(powers, beta1, beta2, updates)], { name }),
    };
  }
}

/** Multiplies the powers once more, when all has been updated with the old ones. */
function advance(powers: Powers, beta1: Tensor, beta2: Tensor, updates: readonly Operation[]): Tensor[] {
  const graph = getDefaultGraph();
  return graph.controlDependencies(updates, () =>
    graph.colocateWith(powers.beta1.op, () => [
      powers.beta1.assign(mul(powers.beta1, beta1)),
      powers.beta2.assign(mul(powers.beta2, beta2)),
    ]),
  );
}
