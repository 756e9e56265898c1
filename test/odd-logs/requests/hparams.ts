/** Requests to the hparams routes in all their forms: filters, orders, pages, aggregations, columns, file formats. */
import { type Asked, get, type OddRequest, post } from "./request.ts";

type Requests = AsyncGenerator<OddRequest>;

const ALL = ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"];
const WHOLE = { experimentName: "", allowedStatuses: ALL, startIndex: 0, sliceSize: 100 };

interface Experiment {
  readonly hparamInfos?: readonly HParam[];
  readonly metricInfos?: readonly { readonly name: object }[];
}

interface HParam {
  readonly name: string;
  readonly type: string;
}

export async function* hparams(server: Asked): Requests {
  yield* experiments();
  const experiment = (await server.json(post("hparams/experiment", {}))) as Experiment | undefined;
  const names = (experiment?.hparamInfos ?? []).map((info) => ({ hparam: info.name }));
  const metrics = (experiment?.metricInfos ?? []).map(({ name }) => ({ metric: name }));
  yield* pages([...names, ...metrics]);
  for (const body of bodies(experiment ?? {}, [...names, ...metrics]))
    yield post("hparams/session_groups", body);
  yield* downloads([...names, ...metrics]);
  yield* evaluations(server);
}

async function* experiments(): Requests {
  for (const content of [
    {},
    { experimentName: "" },
    { experiment_name: "x" },
    { includeMetrics: false },
    { include_metrics: true },
    { hparamsLimit: 0 },
    { hparamsLimit: 1 },
    { hparamsLimit: 2, includeMetrics: false },
    { hparamsLimit: 1000 },
    { hparamsLimit: -1 },
    { hparamsLimit: "2" },
  ])
    yield post("hparams/experiment", content);
  yield get("hparams/experiment", { request: "{}" });
  yield get("hparams/experiment", { request: JSON.stringify({ includeMetrics: false }) });
}

async function* pages(colParams: readonly object[]): Requests {
  for (const [startIndex, sliceSize] of [
    [0, 100],
    [0, 2],
    [1, 2],
    [2, 1],
    [0, 0],
    [50, 10],
    [-1, 10],
    [0, -1],
  ])
    yield post("hparams/session_groups", { ...WHOLE, colParams, startIndex, sliceSize });
  for (const allowedStatuses of [...ALL.map((status) => [status]), [], [1], [0, 1, 2, 3], ALL.slice(1)])
    yield post("hparams/session_groups", { ...WHOLE, allowedStatuses, colParams });
  yield post("hparams/session_groups", {});
  yield post("hparams/session_groups", { sliceSize: 100 });
  yield get("hparams/session_groups", { request: JSON.stringify(WHOLE) });
}

/** Orders and filters of each column, and what goes beyond one column. */
function* bodies(experiment: Experiment, columns: readonly object[]): Generator<object> {
  for (const column of columns) {
    for (const order of ["ORDER_ASC", "ORDER_DESC", "ORDER_UNSPECIFIED", 1])
      for (const missingValuesFirst of [true, false])
        yield { ...WHOLE, colParams: [{ ...column, order, missingValuesFirst }] };
    for (const excludeMissingValues of [true, false])
      for (const filter of filters(column, experiment))
        yield { ...WHOLE, colParams: [{ ...column, ...filter, excludeMissingValues }] };
    for (const includeInResult of [true, false])
      yield { ...WHOLE, colParams: [{ ...column, includeInResult }, ...columns.slice(0, 2)] };
  }
  const ordered = columns.map((column, i) => ({ ...column, order: i % 2 ? "ORDER_ASC" : "ORDER_DESC" }));
  yield { ...WHOLE, colParams: ordered };
  yield { ...WHOLE, colParams: [...ordered].reverse() };
  yield { ...WHOLE, colParams: columns.map((column) => ({ ...column, includeInResult: false })) };
  yield { ...WHOLE, colParams: columns, includeMetrics: false };
  for (const aggregationType of [
    "AGGREGATION_UNSET",
    "AGGREGATION_AVG",
    "AGGREGATION_MEDIAN",
    "AGGREGATION_MIN",
    "AGGREGATION_MAX",
  ])
    for (const { name } of experiment.metricInfos ?? [])
      yield { ...WHOLE, colParams: columns, aggregationType, aggregationMetric: name };
}

function* filters(column: object, { hparamInfos = [] }: Experiment): Generator<object> {
  yield {};
  const type = "hparam" in column ? hparamInfos.find(({ name }) => name === column.hparam)?.type : "metric";
  if (type === "DATA_TYPE_STRING" || type === "DATA_TYPE_UNSET") {
    for (const filterRegexp of ["a", "^a", "a$", "", ".*", "(?i)ADAM", "[", "\\d", "x|s"])
      yield { filterRegexp };
    yield { filterDiscrete: ["adam", "x", ""] };
    yield { filterDiscrete: [] };
  }
  if (type === "DATA_TYPE_BOOL") {
    yield { filterDiscrete: [true] };
    yield { filterDiscrete: [true, false] };
    yield { filterDiscrete: ["true"] };
  }
  if (type === "DATA_TYPE_FLOAT64" || type === "metric") {
    yield { filterInterval: { minValue: 0, maxValue: 1 } };
    yield { filterInterval: { minValue: "-Infinity", maxValue: "Infinity" } };
    yield { filterInterval: { minValue: 1 } };
    yield { filterInterval: {} };
    yield { filterInterval: { minValue: "NaN", maxValue: 3 } };
    yield { filterDiscrete: [16, 0.5, 1] };
    yield { filterDiscrete: ["16"] };
  }
}

async function* downloads(colParams: readonly object[]): Requests {
  const body = { ...WHOLE, colParams };
  for (const format of ["json", "csv", "latex"])
    for (const visible of [colParams.map(() => true), colParams.map((_, i) => i % 2 === 0), [], [true]]) {
      const query = new URLSearchParams({ format, columnsVisibility: JSON.stringify(visible) });
      yield post(`hparams/download_data?${query}`, body);
      yield get("hparams/download_data", {
        format,
        columnsVisibility: JSON.stringify(visible),
        request: JSON.stringify(body),
      });
    }
}

async function* evaluations(server: Asked): Requests {
  const groups = (await server.json(post("hparams/session_groups", WHOLE))) as
    | { sessionGroups?: { sessions: { name: string; metricValues: { name: object }[] }[] }[] }
    | undefined;
  for (const { sessions } of groups?.sessionGroups ?? [])
    for (const { name, metricValues } of sessions) {
      for (const metric of metricValues)
        yield post("hparams/metric_evals", {
          experimentName: "",
          sessionName: name,
          metricName: metric.name,
        });
      yield post("hparams/metric_evals", {
        sessionName: name,
        metricName: { tag: "acc", group: "validation" },
      });
    }
  yield post("hparams/metric_evals", { sessionName: "none such", metricName: { tag: "acc" } });
  yield post("hparams/metric_evals", { sessionName: "", metricName: { tag: "acc", group: "/alone" } });
}
