/** A batch of a training that is traced: from when TensorFlow.js says that it begins until it says that it ended. */
import type { TensorFlowLike } from "../trace/tensorflow.ts";
import type { SummaryWriter } from "../writer.ts";
import type { ModelLike } from "./model.ts";

export interface TracedBatch {
  /** Resolves when the trace is written; rejects where it could not be taken. */
  end(): Promise<void>;
}

/** Writes it under the tag that Keras's callback gives a batch's trace. */
export function traceBatch(
  writer: SummaryWriter,
  tf: TensorFlowLike,
  about: { readonly step: number; readonly model: ModelLike | undefined },
): TracedBatch {
  let ended = (): void => {};
  const batch = new Promise<void>((resolve) => {
    ended = resolve;
  });
  // Caught here and thrown at the end: until then nobody waits for it.
  const failure = writer
    .trace(`batch_${about.step}`, tf, () => batch, about)
    .then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  return {
    async end() {
      ended();
      const failed = await failure;
      if (failed !== undefined) throw failed.error;
    },
  };
}
