/** Decodes the answers of `/api/v1/layouts` and `/api/v1/meshes`. */
import type {
  LayoutCategory,
  LayoutChart,
  LayoutJson,
  LayoutMargin,
  LayoutsJson,
  MeshesJson,
  MeshInfo,
  RunLayout,
} from "../server/api/types.ts";
import { type Decoder, flag, list, nullable, number, optional, record, text } from "./decoder.ts";

const layout: Decoder<LayoutJson> = record<LayoutJson>({
  category: list(
    record<LayoutCategory>({
      title: text,
      chart: list(
        record<LayoutChart>({
          title: text,
          multiline: optional(record<NonNullable<LayoutChart["multiline"]>>({ tag: list(text) })),
          margin: optional(
            record<NonNullable<LayoutChart["margin"]>>({
              series: list(record<LayoutMargin>({ value: text, lower: text, upper: text })),
            }),
          ),
        }),
      ),
      closed: optional(flag),
    }),
  ),
});

const layouts = record<LayoutsJson>({
  merged: nullable(layout),
  layouts: list(record<RunLayout>({ run: text, layout: nullable(layout) })),
});

const meshes = record<MeshesJson>({
  meshes: list(
    record<MeshInfo>({
      run: text,
      name: text,
      display_name: text,
      description: text,
      samples: number,
      config: text,
      vertices: nullable(text),
      faces: nullable(text),
      colors: nullable(text),
    }),
  ),
});

export const decodeLayouts = (given: unknown): LayoutsJson => layouts(given, "layouts");
/** A layout alone, as people keep it in files. @throws TypeError when it is none */
export const decodeLayout = (given: unknown): LayoutJson => layout(given, "layout");
export const decodeMeshes = (given: unknown): MeshesJson => meshes(given, "meshes");
