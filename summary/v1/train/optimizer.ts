/** What optimisers have in common: gradients of a loss, and one operation that changes all variables by them. */
import { GraphError } from "../../errors.ts";
import { getCollection, getCollectionRef } from "../collecting.ts";
import type { TensorInput } from "../constant.ts";
import { gradients } from "../gradients/gradients.ts";
import { getDefaultGraph } from "../graph.ts";
import { GraphKeys } from "../graph-keys.ts";
import type { Operation, Tensor } from "../operation.ts";
import type { Named } from "../ops/array.ts";
import { group } from "../ops/control.ts";
import { updateOp } from "../ops/state.ts";
import type { Variable } from "../variable.ts";

/**
 * A variable with its gradient; null where the loss does not depend on it.
 *
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const optimizer = new v1.train.GradientDescentOptimizer(0.1);
 * const [pair]: readonly v1.train.GradientAndVariable[] = optimizer.computeGradients(v1.nn.l2Loss(weights));
 * console.log(pair?.[1] === weights); // true
 */
export type GradientAndVariable = readonly [gradient: Tensor | null, variable: Variable];

/**
 * How gradients are applied.
 *
 * @example
 * const globalStep = new v1.Variable(0, { trainable: false, dtype: "int32" });
 * const options: v1.train.ApplyOptions = { globalStep, name: "step" };
 */
export interface ApplyOptions extends Named {
  /** Counts the steps: goes up by one when the variables have changed. Default: none. */
  readonly globalStep?: Variable | undefined;
}

/**
 * How a loss is minimised.
 *
 * @example
 * const weights = v1.getVariable("weights", { shape: [2] });
 * const options: v1.train.MinimizeOptions = { varList: [weights] };
 * console.log(new v1.train.AdamOptimizer().minimize(v1.nn.l2Loss(weights), options).name); // Adam
 */
export interface MinimizeOptions extends ApplyOptions {
  /** Default: all that are trainable. */
  readonly varList?: readonly Variable[] | undefined;
}

/**
 * How a training step changes variables: what an optimiser of one's own makes.
 *
 * @example
 * const updates: v1.train.Updates = {
 *   update: (gradient, variable) => v1.assignSub(variable, v1.mul(gradient, 0.1)).op,
 * };
 */
export interface Updates {
  /** Makes what changes one variable. */
  update(gradient: Tensor, variable: Variable): Operation;
  /** Makes what comes after all of these, and stands for them. Default: a group of them. */
  finish?(updates: readonly Operation[], name: string): Operation;
}

/**
 * What optimisers have in common.
 *
 * @example
 * class SignDescent extends v1.train.Optimizer {
 *   protected override begin(): v1.train.Updates {
 *     const step = (gradient: v1.Tensor) => v1.mul(v1.sign(gradient), 0.01);
 *     return { update: (gradient, variable) => v1.assignSub(variable, step(gradient)).op };
 *   }
 * }
 * const weights = v1.getVariable("weights", { shape: [2] });
 * console.log(new SignDescent("SignDescent").minimize(v1.nn.l2Loss(weights)).name); // SignDescent
 */
export abstract class Optimizer {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Adds the training step to the graph: the gradients of the loss in scope `gradients`, and below the
   * optimiser's name what changes each variable. Nothing here computes it; the training library does.
   *
   * @returns the operation that stands for the step
   * @throws GraphError when there is no variable, none that the loss depends on, or a gradient is not known
   */
  minimize(loss: TensorInput, options: MinimizeOptions = {}): Operation {
    const { varList } = options;
    return this.applyGradients(this.computeGradients(loss, { varList }), options);
  }

  /** The first half of `minimize`. */
  computeGradients(
    loss: TensorInput,
    options: Pick<MinimizeOptions, "varList"> = {},
  ): readonly GradientAndVariable[] {
    const { varList = getCollection(GraphKeys.TRAINABLE_VARIABLES) } = options;
    if (varList.length === 0) throw new GraphError("no variables to optimise");
    const found = gradients([loss], varList, { gateGradients: true });
    return varList.map((variable, i) => [found[i] ?? null, variable]);
  }

  /** The second half of `minimize`. */
  applyGradients(pairs: readonly GradientAndVariable[], options: ApplyOptions = {}): Operation {
    const { globalStep, name = this.name } = options;
    const present = pairs.flatMap(([gradient, variable]) => (gradient ? [{ gradient, variable }] : []));
    if (present.length === 0) throw new GraphError("the loss depends on none of the variables");
    const graph = getDefaultGraph();
    graph.controlDependencies(null, () => this.createSlots(present.map(({ variable }) => variable)));
    const step = graph.nameScope(name, (scope) => {
      const { update, finish = grouped } = this.begin();
      const updates = present.map(({ gradient, variable }) =>
        graph.nameScope(`update_${variable.op.name}`, () =>
          graph.colocateWith(variable.op, () => update(gradient, variable)),
        ),
      );
      if (globalStep === undefined) return finish(updates, scope);
      return graph.controlDependencies([finish(updates, "update")], () =>
        graph.colocateWith(globalStep.op, () => updateOp("AssignAdd", globalStep.op, 1, { name: scope })),
      );
    });
    const steps = getCollectionRef(GraphKeys.TRAIN_OP);
    if (!steps.includes(step)) steps.push(step);
    return step;
  }

  /** Makes the variables that go with those that change. */
  protected createSlots(_variables: readonly Variable[]): void {}

  /** Makes what all updates share, such as the learning rate; in the optimiser's name scope. */
  protected abstract begin(): Updates;
}

function grouped(updates: readonly Operation[], name: string): Operation {
  return group(updates, { name });
}
