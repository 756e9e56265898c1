/** A sweep of two sessions: its configuration, their values, metrics and ends; a run each. */
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { fixed, pointsWithin, post } from "../routes.ts";

const time = 1_720_000_000.5;
const options = { step: 0 };
const COLUMNS = ["optimizer", "dropout", "bias", "units"].map((hparam) => ({ hparam }));
const METRICS = [
  { tag: "accuracy", group: "validation" },
  { tag: "loss", group: "" },
];
const groups = {
  experimentName: "",
  allowedStatuses: ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"],
  colParams: [...COLUMNS, ...METRICS.map((metric) => ({ metric }))],
  startIndex: 0,
  sliceSize: 100,
};

export const hparams: InteropKind = {
  name: "hparams",
  ours: "`hparamsConfig`, `hparams`, `hparamsEnd`",
  theirs: "`hparams_config` and `hparams` of `tensorboard.plugins.hparams.api`, `session_end_pb`",
  cases: [
    configCase(),
    lastScalar,
    ...session("a", { dropout: 0.1, optimizer: "adam", bias: true, units: 32 }, "success", 0.75),
    ...session("b", { dropout: 0.5, optimizer: "sgd", bias: false, units: 16 }, "failure", 0.5),
  ],
  routes: [
    fixed("hparams/experiment", "hyperparameters with their domains, metrics, descriptions", [
      post("hparams/experiment", { experimentName: "" }),
    ]),
    fixed("hparams/session_groups", "the table: values, metrics, statuses, times", [
      post("hparams/session_groups", groups),
      post("hparams/session_groups", { ...groups, colParams: [{ hparam: "dropout", order: "ORDER_DESC" }] }),
    ]),
    fixed(
      "hparams/metric_evals",
      "a session's metric by step",
      METRICS.map((metricName) => post("hparams/metric_evals", { sessionName: "hparams/a", metricName })),
      pointsWithin,
    ),
    fixed(
      "hparams/download_data",
      "the table as CSV and LaTeX",
      ["csv", "latex"].map((format) => ({ url: `hparams/download_data?${download(format)}` })),
    ),
  ],
};

function download(format: string): string {
  const columnsVisibility = JSON.stringify(groups.colParams.map(() => true));
  return new URLSearchParams({ format, columnsVisibility, request: JSON.stringify(groups) }).toString();
}

function configCase(): Case {
  return {
    kind: "hparamsConfig",
    tag: "_hparams_/experiment",
    data: { time },
    options,
    log: (writer) =>
      writer.hparamsConfig(
        {
          hparams: [
            { name: "optimizer", domain: ["adam", "sgd"], displayName: "Optimiser" },
            { name: "dropout", domain: { min: 0.1, max: 0.5 }, description: "share dropped" },
            { name: "bias", domain: [false, true] },
            { name: "units", domain: [16, 32] },
            { name: "any" },
          ],
          metrics: [
            { tag: "accuracy", group: "validation", dataset: "validation", displayName: "Accuracy" },
            { tag: "loss", description: "entropy", dataset: "training" },
          ],
        },
        { wallTime: time },
      ),
  };
}

function session(
  run: string,
  values: Record<string, string | number | boolean>,
  status: "success" | "failure",
  accuracy: number,
): Case[] {
  const trial = `trial ${run}`;
  const end = time + 60;
  const own: Case[] = [
    {
      kind: "hparams",
      tag: "_hparams_/session_start_info",
      data: { values, trial, time },
      options,
      log: (writer) => writer.hparams(values, { trial, wallTime: time }),
    },
    scalarCase("loss", 1 - accuracy, 1),
    scalarCase("loss", (1 - accuracy) / 2, 2),
    {
      kind: "hparamsEnd",
      tag: "_hparams_/session_end_info",
      data: { status: `STATUS_${status.toUpperCase()}`, time: end },
      options,
      log: (writer) => writer.hparamsEnd(status, { wallTime: end }),
    },
    lastScalar,
  ];
  const validation = [scalarCase("accuracy", accuracy, 2), lastScalar];
  return [
    ...own.map((one) => ({ ...one, run })),
    ...validation.map((one) => ({ ...one, run: `${run}/validation` })),
  ];
}

function scalarCase(tag: string, data: number, step: number): Case {
  return {
    kind: "scalar",
    tag,
    data,
    options: { step },
    log: (writer) => writer.scalar(tag, data, { step }),
  };
}
