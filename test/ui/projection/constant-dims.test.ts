/** Components of points that are the same along many dimensions, as digits with their white margins are. */
import { expect, test } from "vitest";
import { loadDataset } from "../../../examples/mnist/data.ts";
import { ProjectionSession } from "../../../ui/projection/session.ts";
import { run } from "../../../ui/projection/work.ts";

test("the eigenvalues settle, and those of constant dimensions are nothing", async () => {
  const { images, labels } = (await loadDataset(1)).train;
  const rows = 600;
  const dims = 392;
  // The upper halves.
  const data = new Float32Array(rows * dims);
  for (let row = 0; row < rows; row++) data.set(images.subarray(row * 784, row * 784 + dims), row * dims);
  expect(labels.length).toBeGreaterThan(rows);
  const session = new ProjectionSession();
  const { constantDims } = run(
    session.load({ vectors: { data, rows, dims }, options: { normalise: "sphere" } }),
  );
  expect(constantDims).toBeGreaterThan(50);
  const { variances, totalVariance } = run(session.pca({}));
  expect(variances[0]).toBeGreaterThan(0.05 * totalVariance);
  expect(variances.slice(dims - constantDims).every((value) => value < 1e-9 * totalVariance)).toBe(true);
});
