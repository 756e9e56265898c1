/** What the sweep varies and measures, as the hparams dashboard takes it, and the sessions that follow from it. */

import type { HParamsConfig } from "tsboard";

/** What one session trains with. */
export interface Values {
  readonly learning_rate: number;
  readonly hidden_units: number;
  readonly activation: "relu" | "tanh";
}

const learningRates = [0.03, 0.3, 3];
const hiddenUnits = [16, 64];
const activations = ["relu", "tanh"] as const;

export const config: HParamsConfig = {
  description:
    "A network with one hidden layer on MNIST: **how fast** may it learn, and how much does it need?",
  hparams: [
    { name: "learning_rate", displayName: "Learning rate", domain: { min: 0.01, max: 10 } },
    { name: "hidden_units", displayName: "Hidden units", domain: hiddenUnits },
    { name: "activation", displayName: "Activation", domain: activations },
  ],
  metrics: [
    { tag: "accuracy/validation", displayName: "Validation accuracy", dataset: "validation" },
    { tag: "loss/train", displayName: "Training loss", dataset: "training" },
  ],
};

/** Every combination. */
export const sessions: readonly Values[] = learningRates.flatMap((learning_rate) =>
  hiddenUnits.flatMap((hidden_units) =>
    activations.map((activation) => ({ learning_rate, hidden_units, activation })),
  ),
);

/** A folder's name that says what is in it. */
export function nameOf({ learning_rate, hidden_units, activation }: Values): string {
  return `${activation}-${hidden_units}-rate-${learning_rate}`;
}
