/** Markdown alone, and lists and tables of it; apart, since tbparse refuses a run with the latter. */
import type { Text } from "../../../summary/index.ts";
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { perTag, tagsOf } from "../routes.ts";

const routes = [tagsOf("text"), perTag("text/text", "steps, rendered HTML")];
const common = { ours: "`text`", theirs: "`tf.summary.text`", routes };

export const text: InteropKind = {
  ...common,
  name: "text",
  cases: [
    textCase("plain", "**π**"),
    textCase(
      "document",
      "# Title\n\n| a | b |\n|---|---|\n| 1 | <b>x</b> |\n\n- [link](https://example.org)",
    ),
    lastScalar,
  ],
};

export const textArrays: InteropKind = {
  ...common,
  name: "text-arrays",
  cases: [
    textCase("list", ["a", "", "c"]),
    textCase("table", [
      ["a", "b"],
      ["*c*", "d"],
    ]),
    lastScalar,
  ],
};

function textCase(tag: string, data: Text): Case {
  const options = { step: 0, description: "of *words*" };
  return { kind: "text", tag, data, options, log: (writer) => writer.text(tag, data, options) };
}
