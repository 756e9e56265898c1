/**
 * The projector's mathematics beside scikit-learn's and umap-learn's, on the same vectors. Needs a Python with
 * scikit-learn and umap-learn: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import type { ProjectionSession } from "../../ui/projection/session.ts";
import type { Layout, Metric, Positions, Vectors } from "../../ui/projection/types.ts";
import { run } from "../../ui/projection/work.ts";
import { clusters, digits, ellipsoid, sessionOf } from "../ui/projection/points.ts";
import { oracle } from "./written.ts";

const complete = python !== null && ["sklearn", "umap"].every(isInstalled);

const K = 15;
const sets = {
  ten: ellipsoid(400, 10),
  twoHundred: ellipsoid(600, 200),
  digits: digits(60),
} satisfies Record<string, Vectors>;
type SetName = keyof typeof sets;

const layoutDims = [2, 3] as const;

interface Answer {
  readonly variances: readonly number[];
  readonly shares: readonly number[];
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly distances: readonly (readonly number[])[];
}

describe.skipIf(!complete)("projections, beside scikit-learn's and umap-learn's", () => {
  let folder: string;
  let answers: Record<string, Answer>;
  const crooked: Positions = { dims: 2, data: clusters(600, 2, 30).data };

  const save = (name: string, data: Float32Array): string => {
    writeFileSync(path.join(folder, name), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return name;
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "tsboard-projection-"));
    const questions: Record<string, object> = {};
    for (const [name, { data, dims }] of Object.entries(sets)) {
      const vectors = save(`${name}.vectors`, data);
      questions[`pca-${name}`] = { kind: "pca", vectors, dims, components: 10 };
      for (const metric of ["cosine", "euclidean"])
        questions[`neighbours-${name}-${metric}`] = { kind: "neighbours", vectors, dims, k: K, metric };
    }
    const places = save("crooked.places", crooked.data);
    for (const metric of ["cosine", "euclidean"])
      questions[`trust-${metric}`] = {
        kind: "trust",
        vectors: "twoHundred.vectors",
        dims: 200,
        places,
        placeDims: 2,
        metric,
        k: K,
      };
    for (const dims of layoutDims)
      for (const kind of ["umap", "tsne"])
        questions[`${kind}-${dims}`] = { kind, vectors: "digits.vectors", dims: 784, layoutDims: dims, k: K };
    writeFileSync(path.join(folder, "questions.json"), JSON.stringify(questions));
    oracle("projection.py", [folder]);
    answers = JSON.parse(readFileSync(path.join(folder, "answers.json"), "utf8"));
  }, 900_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const session = (name: SetName, metric: Metric = "euclidean"): ProjectionSession =>
    sessionOf(sets[name], { normalise: "none", metric });

  test.each(Object.keys(sets) as SetName[])("PCA of %s is scikit-learn's up to sign, to 1e-4", (name) => {
    const found = run(session(name).pca({ engine: "exact" }));
    const bytes = readFileSync(path.join(folder, `pca-${name}.f32`));
    const scores = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    const { variances, shares } = answers[`pca-${name}`]!;
    for (const [c, column] of found.scores.entries()) {
      expect(found.variances[c]! / variances[c]!).toBeCloseTo(1, 5);
      expect(found.variances[c]! / found.totalVariance).toBeCloseTo(shares[c]!, 5);
      // As a share of how far the component reaches.
      const deviation = Math.sqrt(variances[c]!);
      const theirs = column.map((_, row) => scores[row * 10 + c]!);
      const farthest = theirs.reduce(
        (most, value, row) => (Math.abs(value) > Math.abs(theirs[most]!) ? row : most),
        0,
      );
      const sign = Math.sign(column[farthest]! * theirs[farthest]!);
      const worst = column.reduce(
        (most, value, row) => Math.max(most, Math.abs(sign * value - theirs[row]!)),
        0,
      );
      expect(worst / deviation).toBeLessThan(1e-4);
    }
  });

  test.each(Object.keys(sets) as SetName[])("exact neighbours of %s are those of brute force", (name) => {
    for (const metric of ["cosine", "euclidean"] as const) {
      const found = run(session(name, metric).neighbours({ k: K, engine: "exact" }));
      const { distances } = answers[`neighbours-${name}-${metric}`]!;
      for (const [row, theirs] of distances.entries())
        for (const [i, distance] of theirs.entries()) {
          const scale = metric === "cosine" ? 1 : Math.max(1, distance);
          expect(Math.abs(found.distances[row * K + i]! - distance) / scale).toBeLessThan(2e-5);
        }
    }
  });

  test.each(["cosine", "euclidean"] as const)(
    "trustworthiness by %s distances is scikit-learn's, to 1e-6",
    (metric) => {
      const found = run(session("twoHundred", metric).trust({ positions: crooked, k: K }));
      const { trustworthiness, continuity } = answers[`trust-${metric}`]!;
      expect(found.sampledRows).toBe(600);
      expect(Math.abs(found.trustworthiness - trustworthiness)).toBeLessThan(1e-6);
      if (metric === "euclidean") expect(Math.abs(found.continuity - continuity)).toBeLessThan(1e-6);
    },
  );

  describe.each(layoutDims)("layouts of digits in %i dimensions", (dims) => {
    const engines: Record<string, [peer: string, make: (s: ProjectionSession) => Layout]> = {
      "UMAP by umap-js": ["umap", (s) => run(s.umap({ dims, engine: "umap-js" }))],
      "UMAP by typed arrays": ["umap", (s) => run(s.umap({ dims, engine: "typed-arrays" }))],
      "t-SNE": ["tsne", (s) => run(s.tsne({ dims }))],
    };
    test.each(Object.keys(engines))(
      "%s are as trustworthy as the peer's, less 0.02",
      { timeout: 120_000 },
      (name) => {
        const [peer, make] = engines[name]!;
        const digitsSession = session("digits");
        const { trustworthiness } = run(digitsSession.trust({ positions: make(digitsSession), k: K }));
        const theirs = answers[`${peer}-${dims}`]!.trustworthiness;
        console.log(`${name}, ${dims}-D: ${trustworthiness.toFixed(4)}, the peer's ${theirs.toFixed(4)}`);
        expect(trustworthiness).toBeGreaterThan(theirs - 0.02);
      },
    );
  });
});
