/** Moving averages of variables: smoother than these, and often better on what was not trained with. */
import { VariableError } from "../../errors.ts";
import { isFloating } from "../../graph/dtype.ts";
import { withoutSlash } from "../../graph/names.ts";
import { addToCollection, getCollection } from "../collecting.ts";
import { constant, type TensorInput } from "../constant.ts";
import { getDefaultGraph } from "../graph.ts";
import { GraphKeys } from "../graph-keys.ts";
import { initializedValue } from "../initial-value.ts";
import type { Operation, Tensor } from "../operation.ts";
import { cast, type Named } from "../ops/array.ts";
import { group } from "../ops/control.ts";
import { add, div, minimum, mul, sub } from "../ops/elementwise.ts";
import { updateOp } from "../ops/state.ts";
import type { Variable } from "../variable.ts";
import { createSlot } from "./slots.ts";

/**
 * Keeps for each variable a shadow variable `<variable>/ExponentialMovingAverage`, which follows it:
 * shadow -= (1 - decay) · (shadow - variable).
 *
 * @example
 * const step = new v1.Variable(0, { trainable: false });
 * const weight = new v1.Variable(0, { name: "weight" });
 * const averages = new v1.train.ExponentialMovingAverage(0.99, step);
 * const averagesOp = averages.apply([weight]);
 * v1.globalVariablesInitializer().run();
 * weight.load(5); // what a training step has made of it
 * averagesOp.run(); // min(0.99, 1 / 10) of the average stays
 * console.log(averages.average(weight)?.name, averages.average(weight)?.eval()); // weight/ExponentialMovingAverage:0 4.5
 */
export class ExponentialMovingAverage {
  readonly name: string;
  private readonly decay: number;
  private readonly numUpdates: TensorInput | undefined;
  private readonly shadows = new Map<Variable, Variable>();

  /**
   * @param decay the share of the old average that stays, close to 1
   * @param numUpdates steps taken so far: makes averages follow fast at first, with
   *   min(decay, (1 + numUpdates) / (10 + numUpdates)). Default: `decay` throughout.
   * @param options `name` ends the shadow variables' names; default `ExponentialMovingAverage`
   */
  constructor(decay: number, numUpdates?: TensorInput, options: Named = {}) {
    this.decay = decay;
    this.numUpdates = numUpdates;
    this.name = options.name ?? "ExponentialMovingAverage";
  }

  /**
   * Makes shadow variables, and an operation that updates them when it is run.
   *
   * @param variables default: all that are trainable
   * @throws VariableError when one does not hold floats
   */
  apply(variables: readonly Variable[] = getCollection(GraphKeys.TRAINABLE_VARIABLES)): Operation {
    for (const variable of variables) if (!this.shadows.has(variable)) this.shadow(variable);
    return getDefaultGraph().nameScope(this.name, (scope) => {
      const decay = this.decayTensor();
      const updates = variables.map((variable) => this.update(variable, decay));
      return group(updates, { name: scope });
    });
  }

  /** The shadow variable; undefined for a variable that was not applied to. */
  average(variable: Variable): Variable | undefined {
    return this.shadows.get(variable);
  }

  /** The name of the variable's average, as checkpoints have it; whether it was applied to or not. */
  averageName(variable: Variable): string {
    const shadow = this.shadows.get(variable);
    if (shadow !== undefined) return shadow.op.name;
    return withoutSlash(getDefaultGraph().uniqueName(`${variable.op.name}/${this.name}`, false));
  }

  private shadow(variable: Variable): void {
    if (!isFloating(variable.dtype))
      throw new VariableError(`averages are of floats, but ${variable.name} is ${variable.dtype}`);
    const graph = getDefaultGraph();
    graph.controlDependencies(null, () => {
      const make = () => initializedValue(graph, variable);
      const first = variable.device === "" ? make() : graph.device(variable.device, make);
      this.shadows.set(variable, createSlot(variable, first, this.name));
      addToCollection(GraphKeys.MOVING_AVERAGE_VARIABLES, variable);
    });
  }

  private decayTensor(): Tensor {
    const decay = constant(this.decay, { name: "decay" });
    if (this.numUpdates === undefined) return decay;
    const updates = cast(this.numUpdates, "float32", { name: "num_updates" });
    return minimum(decay, div(add(1, updates), add(10, updates)));
  }

  private update(variable: Variable, decay: Tensor): Operation {
    const shadow = this.shadows.get(variable);
    if (shadow === undefined) throw new VariableError(`${variable.name} has no shadow variable`);
    return getDefaultGraph().nameScope("AssignMovingAvg", (scope) => {
      const share = cast(sub(1, decay), shadow.dtype);
      const change = mul(sub(shadow, variable), share);
      return updateOp("AssignSub", shadow.op, change, { name: scope });
    });
  }
}
