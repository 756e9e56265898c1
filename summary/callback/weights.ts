/** A model's weights at an epoch: how each is distributed and, if wanted, how it looks. */
import type { SummaryWriter } from "../writer.ts";
import { type LayerLike, type ModelLike, readWeight, type WeightLike } from "./model.ts";
import { weightImages } from "./weight-image.ts";

/** A weight under the name that Keras gives it. */
export interface NamedWeight {
  readonly name: string;
  readonly weight: WeightLike;
}

/**
 * Every weight of a model, those of models in it too. Keras's names (`Variable.path`) are layer and weight, and in a
 * Sequential that one's name before them: `mlp/hidden/kernel`. Two that would have the same keep the numbers by which
 * TensorFlow.js tells them apart.
 */
export function weightsOf(model: ModelLike): NamedWeight[] {
  const taken = new Set<string>();
  return placed(model).map(({ scope, weight }) => {
    const plain = scope + (weight.originalName ?? weight.name);
    const name = (taken.has(plain) ? scope + weight.name : plain).replaceAll(":", "_");
    taken.add(plain);
    return { name, weight };
  });
}

function placed(model: ModelLike | LayerLike): { scope: string; weight: WeightLike }[] {
  const scope = model.getClassName() === "Sequential" ? `${model.name}/` : "";
  return (model.layers ?? []).flatMap((layer) =>
    layer.layers === undefined ? layer.weights.map((weight) => ({ scope, weight })) : placed(layer),
  );
}

/** One after the other, so that a large model is not in memory twice. */
export async function writeWeights(
  writer: SummaryWriter,
  model: ModelLike,
  step: number,
  withImages: boolean,
): Promise<void> {
  for (const { name, weight } of weightsOf(model)) {
    const values = await readWeight(weight);
    if (values === undefined) continue;
    writer.histogram(`${name}/histogram`, values, { step });
    const images = withImages ? weightImages(values, weight.shape) : undefined;
    if (images !== undefined) writer.image(`${name}/image`, images.pixels, { step, shape: images.shape });
  }
}
