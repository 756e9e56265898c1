/** Numbers, with a description and with a name. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { csv, fixed, form, perTag, points, pointsWithin, tagsOf, timeSeries } from "../routes.ts";

const description = "*what* it is";

export const scalars: InteropKind = {
  name: "scalar",
  ours: "`scalar`",
  theirs: "`tf.summary.scalar`; with a display name `tf.summary.write`",
  cases: [
    scalarCase(0.1, { step: 1, description }),
    scalarCase(-1e-30, { step: 2, description }),
    scalarCase(Number.MAX_SAFE_INTEGER, { step: 2 ** 45, description }),
    {
      kind: "namedScalar",
      tag: "named",
      data: 1.5,
      displayName: "Its name",
      options: { step: 3, description },
      log: (writer) => writer.scalar("named", 1.5, { step: 3, displayName: "Its name", description }),
    },
    lastScalar,
  ],
  routes: [
    tagsOf("scalars"),
    perTag("scalars/scalars", "steps and values", { compare: points }),
    perTag("scalars/scalars", "the same as CSV", { parameters: ["&format=csv"], compare: csv }),
    fixed(
      "scalars/scalars_multirun",
      "steps and values",
      [form("scalars/scalars_multirun", { tag: "loss", runs: "scalar" })],
      pointsWithin,
    ),
    timeSeries("scalars", "steps and values"),
  ],
};

function scalarCase(data: number, options: Case["options"]): Case {
  return {
    kind: "scalar",
    tag: "loss",
    data,
    options,
    log: (writer) => writer.scalar("loss", data, options),
  };
}
