/**
 * What the tensors of a graph come to, without a session: what is fed, constants, variables, and what follows
 * from these by the kernels there are (kernels/index.ts). Each tensor is computed once.
 */
import { ShapeError, ValueError } from "../errors.ts";
import { type Dense, toDense, type Value } from "./dense.ts";
import { kernels } from "./kernels/index.ts";
import type { Feed, Operation, Tensor } from "./operation.ts";

/** Computes an operation's output. Undefined: a branch not taken, from which nothing comes. */
export type Kernel = (op: Operation, at: Evaluation, index: number) => Dense | undefined;

export class Evaluation {
  /** By operation, and by the output's index. */
  private readonly fed = new Map<Operation, Map<number, () => Dense>>();
  private readonly known = new Map<string, Dense | undefined>();
  private readonly ran = new Set<Operation>();

  constructor(feed: Feed) {
    for (const [target, source] of feed) {
      const tensor = "asTensor" in target ? target.asTensor() : target;
      const outputs = this.fed.get(tensor.op) ?? new Map<number, () => Dense>();
      outputs.set(tensor.index, () => feedValue(tensor, source));
      this.fed.set(tensor.op, outputs);
    }
  }

  /** The tensor's value. Throws {@link ValueError} when it has none here. */
  value(tensor: Tensor): Dense {
    const value = this.tryValue(tensor);
    if (value !== undefined) return value;
    throw new ValueError(`${tensor.name} has no value: it comes from a branch that is not taken`);
  }

  /** The same; undefined for what comes from a branch that is not taken. */
  tryValue(tensor: Tensor): Dense | undefined {
    if (!this.known.has(tensor.name)) this.known.set(tensor.name, this.compute(tensor));
    return this.known.get(tensor.name);
  }

  /** Runs what the operation waits for, and then itself. */
  run(op: Operation): void {
    this.runControlInputs(op);
    const [output] = op.outputs;
    if (output !== undefined) this.tryValue(output);
  }

  private compute(tensor: Tensor): Dense | undefined {
    const { op, index } = tensor;
    const fed = this.fed.get(op)?.get(index);
    if (fed !== undefined) return fed();
    const kernel = kernels.get(op.op);
    if (kernel === undefined)
      throw new ValueError(
        `no value for ${tensor.name}: ${op.op} is not computed here; feed it, as in eval([[tensor, value]]). A graph is drawn and not run: train with your library, and give variables what it has computed with \`load\``,
      );
    this.runControlInputs(op);
    return kernel(op, this, index);
  }

  private runControlInputs(op: Operation): void {
    if (this.ran.has(op)) return;
    this.ran.add(op);
    for (const input of op.controlInputs) this.run(input);
  }
}

function feedValue(tensor: Tensor, source: Value | (() => Value)): Dense {
  try {
    return toDense(typeof source === "function" ? source() : source, tensor);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(`cannot feed ${tensor.name}: ${error.message}`, { cause: error });
  }
}
