/** What a run differs in: which of the textbook's five optimisations it uses, and the name that follows. */

/** Which optimisations are on. */
export interface Configuration {
  /** A ReLU after the hidden layer; without it the network is linear, however deep. */
  readonly relu: boolean;
  /** A hidden layer of 500 nodes; without it the pixels go straight to the ten outputs. */
  readonly hiddenLayer: boolean;
  /** A learning rate that decays in stairs; without it 0.1 throughout. */
  readonly decay: boolean;
  /** L2 regularisation of the weights. */
  readonly l2: boolean;
  /** Accuracy measured with moving averages of the variables; without it with the variables themselves. */
  readonly movingAverages: boolean;
}

export interface Optimisation {
  readonly key: keyof Configuration;
  /** In flags and in names of runs. */
  readonly name: "relu" | "hidden-layer" | "decay" | "l2" | "moving-averages";
  /** For people. */
  readonly title: string;
}

export const optimisations: readonly Optimisation[] = [
  { key: "relu", name: "relu", title: "ReLU activation" },
  { key: "hiddenLayer", name: "hidden-layer", title: "hidden layer of 500 nodes" },
  { key: "decay", name: "decay", title: "learning rate 0.1, x 0.96 every 100 steps" },
  { key: "l2", name: "l2", title: "L2 regularisation 0.0001" },
  { key: "movingAverages", name: "moving-averages", title: "moving averages of the variables, decay 0.99" },
];

/** A configuration with a name; the name is the run's folder, so it has no spaces and needs no quotes in a shell. */
export interface NamedConfiguration extends Configuration {
  readonly name: string;
}

/** The configuration that uses exactly the optimisations for which `isOn` holds, named after them. */
export function configure(isOn: (optimisation: Optimisation) => boolean): NamedConfiguration {
  const configuration = { relu: false, hiddenLayer: false, decay: false, l2: false, movingAverages: false };
  for (const optimisation of optimisations) configuration[optimisation.key] = isOn(optimisation);
  return { ...configuration, name: nameOf(configuration) };
}

/** The runs of the demo: all five optimisations, and one run without each. */
export const standardRuns: readonly NamedConfiguration[] = [
  configure(() => true),
  ...optimisations.map((left) => configure((optimisation) => optimisation !== left)),
];

function nameOf(configuration: Configuration): string {
  const names = (on: boolean): string[] =>
    optimisations.filter(({ key }) => configuration[key] === on).map(({ name }) => name);
  const off = names(false);
  if (off.length === 0) return "all-five";
  if (off.length === optimisations.length) return "plain";
  return off.length <= 2 ? `without-${off.join("-and-")}` : `only-${names(true).join("-and-")}`;
}
