/** `/api/v1/layouts`: which scalars stand in which chart, as the logs say it; and an event file that says it. */
import type { Request, Response } from "express";
import { encodeRecord, encodeTensor, pb } from "../../../proto/index.ts";
import type { LayoutJson, LayoutsJson } from "../../api/types.ts";
import { LAYOUT_TAG, newestLayouts } from "../../plugins/custom-scalars-found.ts";
import { categoriesJson, mergeLayouts } from "../../plugins/custom-scalars-layout.ts";
import { DataProvider } from "../../plugins/data-provider.ts";
import type { ServerContext } from "../context.ts";
import { json } from "../parameters.ts";
import { readLayout } from "./layout-json.ts";

export async function answerLayouts(
  context: ServerContext,
  _request: Request,
  response: Response,
): Promise<void> {
  const found = await newestLayouts(new DataProvider(context));
  const merged = mergeLayouts(
    found.flatMap(({ layout }) => layout ?? []),
    false,
  );
  const answer: LayoutsJson = {
    merged: merged && layoutOf(merged),
    layouts: found.map(({ run, layout }) => ({ run, layout: layout && layoutOf(layout) })),
  };
  response.json(answer);
}

const layoutOf = ({ category }: pb.Layout.$Properties): LayoutJson => ({
  category: categoriesJson(category ?? []),
});

/**
 * An event file with the layout and nothing else: in a folder of the logs it is a run, and the layout is shown by whoever
 * reads them.
 *
 * @throws HttpError 400 when what was sent is no layout
 */
export async function answerLayoutFile(
  _context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const layout = readLayout(await json(request));
  const seconds = Date.now() / 1000;
  response.attachment(`events.out.tfevents.${Math.floor(seconds)}.custom_scalars.v2`);
  response.type("application/octet-stream").send(eventFile(layout, seconds));
}

function eventFile(layout: LayoutJson, wallTime: number): Buffer {
  const { category } = layout;
  const bytes = pb.Layout.encode({
    category: category.map(({ title, chart, closed }) => ({
      title,
      chart: chart.map(({ title: of, multiline, margin }) => ({
        title: of,
        ...(multiline && { multiline: { tag: [...multiline.tag] } }),
        ...(margin && { margin: { series: [...margin.series] } }),
      })),
      closed: closed ?? false,
    })),
  }).finish();
  const value = {
    tag: LAYOUT_TAG,
    metadata: { pluginData: { pluginName: "custom_scalars" } },
    tensor: encodeTensor([bytes], []),
  };
  const events: pb.Event.$Properties[] = [
    { wallTime, fileVersion: "brain.Event:2" },
    { wallTime, step: 0, summary: { value: [value] } },
  ];
  return Buffer.concat(events.map((event) => encodeRecord(pb.Event.encode(event).finish())));
}
