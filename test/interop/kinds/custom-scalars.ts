/** A layout of charts over scalars that stand in the same run. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { csv, fixed, pointsWithin } from "../routes.ts";

const tags = ["loss/train", "loss/test", "m", "l", "u"];

export const customScalars: InteropKind = {
  name: "custom-scalars",
  ours: "`customScalars`",
  theirs: "`tensorboard.plugins.custom_scalar.summary.pb`",
  cases: [
    {
      kind: "customScalars",
      tag: "custom_scalars__config__",
      data: {
        category: [
          { title: "Losses", chart: [{ title: "All", multiline: { tag: ["loss/.*", "x"] } }] },
          {
            title: "Band",
            closed: true,
            chart: [{ margin: { series: [{ value: "m", lower: "l", upper: "u" }] } }],
          },
        ],
      },
      options: { step: 0 },
      log: (writer) =>
        writer.customScalars([
          { title: "Losses", charts: [{ title: "All", tags: ["loss/.*", "x"] }] },
          {
            title: "Band",
            closed: true,
            charts: [{ title: "", series: [{ value: "m", lower: "l", upper: "u" }] }],
          },
        ]),
    },
    ...tags.map(scalarCase),
    lastScalar,
  ],
  routes: [
    fixed("custom_scalars/layout", "categories, charts, series", [{ url: "custom_scalars/layout" }]),
    fixed(
      "custom_scalars/scalars",
      "which tags match, steps and values",
      ["loss/.*", "m", "none", "("].map((tag) => ({
        url: `custom_scalars/scalars?run=custom-scalars&tag=${encodeURIComponent(tag)}`,
      })),
      pointsWithin,
    ),
    fixed(
      "custom_scalars/download_data",
      "steps and values as CSV",
      [{ url: "custom_scalars/download_data?run=custom-scalars&tag=m&format=csv" }],
      csv,
    ),
  ],
};

function scalarCase(tag: string, data: number): Case {
  const options = { step: 5 };
  return { kind: "scalar", tag, data, options, log: (writer) => writer.scalar(tag, data, options) };
}
