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
  const named = placed(model).map(({ scope, weight }) => {
    const [plain, unique] = [weight.originalName ?? weight.name, weight.name];
    return { plain: scope + plain, unique: scope + unique, weight };
  });
  const times = new Map<string, number>();
  for (const { plain } of named) times.set(plain, (times.get(plain) ?? 0) + 1);
  return named.map(({ plain, unique, weight }) => {
    const name = times.get(plain) === 1 ? plain : unique;
    return { name: name.replaceAll(":", "_"), weight };
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
