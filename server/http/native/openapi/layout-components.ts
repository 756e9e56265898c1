/** Schemas of `/api/v1/layouts` and `/api/v1/meshes`. */
import type {
  LayoutCategory,
  LayoutChart,
  LayoutJson,
  LayoutMargin,
  LayoutsJson,
  MeshesJson,
  MeshInfo,
  RunLayout,
} from "../../../api/types.ts";
import { flag, list, named, object, optional, orNull, text, whole } from "./describe.ts";

const margin = named(
  "LayoutMargin",
  object<LayoutMargin>("Tags of a value and its bounds.", { value: text(), lower: text(), upper: text() }),
);

const chart = named(
  "LayoutChart",
  object<LayoutChart>("A chart of every tag that matches, or of values between bounds.", {
    title: text(),
    multiline: optional(
      object<NonNullable<LayoutChart["multiline"]>>("Lines of every tag that one of these matches.", {
        tag: list(text(), "Regular expressions of Python that match from the start of a tag."),
      }),
    ),
    margin: optional(
      object<NonNullable<LayoutChart["margin"]>>("Values between bounds.", { series: list(margin) }),
    ),
  }),
);

const category = named(
  "LayoutCategory",
  object<LayoutCategory>("Charts under one heading.", {
    title: text(),
    chart: list(chart),
    closed: optional(flag("Whether it is folded at first.")),
  }),
);

export const layout = named(
  "LayoutJson",
  object<LayoutJson>("A layout of custom scalars.", { category: list(category) }),
);

const runLayout = named(
  "RunLayout",
  object<RunLayout>("A run's newest layout; null where the bytes are none.", {
    run: text(),
    layout: orNull(layout),
  }),
);

export const layouts = named(
  "LayoutsJson",
  object<LayoutsJson>("The newest layout of every run that has one, and all of them as one.", {
    merged: orNull(layout),
    layouts: list(runLayout),
  }),
);

const mesh = named(
  "MeshInfo",
  object<MeshInfo>("Which series make a mesh of a run; null where it has no such part.", {
    run: text(),
    name: text("The tag that was given to the writer."),
    display_name: text(),
    description: text("Sanitised HTML; empty where there is none."),
    samples: whole("Meshes of each value."),
    config: text("JSON of the scene as it was written; empty where there is none."),
    vertices: orNull(text()),
    faces: orNull(text()),
    colors: orNull(text()),
  }),
);

export const meshes = named(
  "MeshesJson",
  object<MeshesJson>("The meshes of all runs.", { meshes: list(mesh) }),
);
