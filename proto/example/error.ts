/** What is wrong with an Example, or with what is asked of it, in words. */

/**
 * An Example that is damaged, or that does not hold what its specification says.
 *
 * @example
 * const records = [encodeExample({ label: int64Feature(7) }), encodeExample({ label: "seven" })];
 * try {
 *   parseExampleBatch(records, { label: fixedLenFeature([], "int64") });
 * } catch (error) {
 *   if (error instanceof ExampleError) console.log(error.feature, error.index); // label 1
 * }
 */
export class ExampleError extends RangeError {
  override name = "ExampleError";
  /** Key of the feature; undefined where the whole record is meant. */
  readonly feature: string | undefined;
  /** Place of the record in its batch, from 0; undefined for a record by itself. */
  readonly index: number | undefined;

  constructor(message: string, where: { readonly feature?: string; readonly index?: number } = {}) {
    super(message);
    this.feature = where.feature;
    this.index = where.index;
  }
}
