/** Event files that hold what is awkward to answer from: small ones that ask for much, and names that mean something. */
import { DataType, encodeRecord, pb } from "../../proto/index.ts";

type Event = pb.Event.$Properties;

const encoded = (...events: readonly Event[]): Buffer =>
  Buffer.concat(events.map((event) => encodeRecord(pb.Event.encode(event).finish())));

const tensorEvent = (
  tag: string,
  pluginName: string,
  tensor: pb.TensorProto.$Properties,
  step = 1,
  description = "",
): Event => ({
  wallTime: 1e9 + step,
  step,
  summary: {
    value: [
      {
        tag,
        tensor,
        metadata: {
          dataClass: pb.DataClass.DATA_CLASS_TENSOR,
          pluginData: { pluginName },
          summaryDescription: description,
        },
      },
    ],
  },
});
const scalar = (tag: string, step: number, value: number, description = ""): Event => ({
  wallTime: 1e9 + step,
  step,
  summary: { value: [{ tag, simpleValue: value, metadata: { summaryDescription: description } }] },
});
const shape = (...sizes: readonly number[]) => ({ dim: sizes.map((size) => ({ size })) });
const text = (content: string) => ({
  dtype: DataType.DT_STRING,
  tensorShape: {},
  stringVal: [Buffer.from(content)],
});

/** Names of runs and tags that mean something to paths, queries, expressions or JSON. */
export const ODD_NAMES = [
  "a b",
  "%2e%2e",
  "..",
  "a&b=c",
  "a+b",
  "(a+)+$",
  "<script>",
  "é🙂",
  "__proto__",
  "constructor",
  "a?b#c",
  '"',
  "\\",
  "x".repeat(2000),
];

/** Each with its path. */
export function* awkwardFiles(): Generator<readonly [name: string, bytes: Buffer]> {
  const version: Event = { wallTime: 1e9, fileVersion: "brain.Event:2" };
  const file = (run: string, ...events: readonly Event[]) =>
    [`${run}/events.out.tfevents.1.awkward`, encoded(version, ...events)] as const;
  const float = DataType.DT_FLOAT;
  yield file(
    "large/shape",
    tensorEvent("t", "histograms", { dtype: float, tensorShape: shape(2 ** 27), floatVal: [1] }),
  );
  yield file(
    "large/text",
    tensorEvent("t", "text", {
      dtype: DataType.DT_STRING,
      tensorShape: shape(2 ** 27),
      stringVal: [Buffer.from("x")],
    }),
  );
  yield file(
    "large/dimensions",
    tensorEvent("t", "histograms", {
      dtype: float,
      tensorShape: shape(...Array<number>(20_000).fill(1)),
      floatVal: [1],
    }),
  );
  yield file(
    "large/steps",
    ...Array.from({ length: 60 }, (_, step) =>
      tensorEvent("t", "histograms", { dtype: float, tensorShape: shape(2 ** 14, 3) }, step),
    ),
  );
  yield file(
    "large/tags",
    ...Array.from({ length: 20 }, (_, i) => ({
      wallTime: 1e9,
      step: 1,
      summary: { value: Array.from({ length: 500 }, (__, j) => ({ tag: `t${i}/${j}`, simpleValue: j })) },
    })),
  );
  yield file(
    "large/loss",
    ...Array.from({ length: 50_000 }, (_, step) => scalar("loss", step, Math.sin(step))),
  );
  for (let i = 0; i < 20; i++)
    yield file(`many/${i}`, ...Array.from({ length: 1200 }, (_, step) => scalar("loss", step, step * i)));
  yield file("names", ...ODD_NAMES.map((name, i) => scalar(name, i, i)));
  for (const [i, name] of ODD_NAMES.entries())
    if (!/^\.\.$|[\\/]/.test(name) && name.length < 200) yield file(`names/${name}`, scalar("loss", 1, i));
  yield file(
    "values",
    ...[Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 3e38].map((value, i) => scalar("loss", i, value)),
  );
  yield file(
    "steps",
    { ...scalar("loss", 0, 1), step: -5 },
    { ...scalar("loss", 0, 1), step: 2 ** 53 },
    scalar("loss", 3, 1),
    scalar("loss", 1, 2),
  );
  yield file(
    "described",
    scalar("loss", 1, 1, "[".repeat(30_000)),
    scalar("other", 1, 1, `# ${"*a ".repeat(5000)}`),
  );
  yield file(
    "texts",
    ...["[".repeat(15_000), "| a ".repeat(20_000), "> ".repeat(8000), "<script>alert(1)</script>"].map(
      (one, i) => tensorEvent("t", "text", text(one), i),
    ),
  );
}
