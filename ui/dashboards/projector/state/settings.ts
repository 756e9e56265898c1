/** What a person chose, kept in the address: which tensor, which projection and how, what colours and names the points. */
import { choiceField, flagField, listField, numberField, textField } from "../../../app/url-fields.ts";
import { urlSignal } from "../../../app/url-state.ts";

export const KINDS = ["pca", "umap", "tsne", "custom", "columns"] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_TITLES: Readonly<Record<Kind, string>> = {
  pca: "PCA",
  umap: "UMAP",
  tsne: "t-SNE",
  custom: "Custom",
  columns: "Columns",
};

/** What is open; empty: nothing yet, the list is shown. */
export const openRun = urlSignal("p_run", textField());
export const openTensor = urlSignal("p_tensor", textField());
/** Empty: the last step. */
export const openStep = urlSignal("p_step", textField());
/** Another tensor beside it, as `run` and `name`; empty: none. */
export const besideRun = urlSignal("p_beside_run", textField());
export const besideName = urlSignal("p_beside", textField());

export const kind = urlSignal("p_view", choiceField<Kind>(KINDS));
export const dimensions = urlSignal("p_dims", choiceField(["3", "2"]));
/** Empty: as stock, from 50 dimensions on. */
export const normalise = urlSignal("p_sphere", choiceField(["", "sphere", "none"]));
export const metric = urlSignal("p_metric", choiceField(["cosine", "euclidean"]));
/** Rows taken by chance; 0: all of them. */
export const sampleRows = urlSignal("p_sample", numberField(0, 0, 100_000_000));
export const seed = urlSignal("p_seed", numberField(42, 0, 2 ** 31));

/** Components along the axes, counted from 1. */
export const components = urlSignal("p_pc", listField());

export const umapNeighbours = urlSignal("p_k", numberField(15, 2, 200));
export const umapMinDist = urlSignal("p_min_dist", numberField(0.1, 0, 0.99));
/** Empty: by the number of points. */
export const umapEngine = urlSignal("p_engine", choiceField(["", "umap-js", "typed-arrays"]));

export const perplexity = urlSignal("p_perplexity", numberField(30, 2, 100));
/** 0: as the number of points has it. */
export const learningRate = urlSignal("p_rate", numberField(0, 0, 100_000));
export const iterations = urlSignal("p_iterations", numberField(1000, 50, 100_000));
/** t-SNE runs until it is stopped, as stock's does. */
export const endless = urlSignal("p_endless", flagField(false));

/** The column that pulls points of a kind together, and how strongly. */
export const superviseBy = urlSignal("p_supervise_by", textField());
export const supervision = urlSignal("p_supervise", numberField(0, 0, 100));

/** Poles of custom axes, as searches. */
export const poles = {
  left: urlSignal("p_left", textField()),
  right: urlSignal("p_right", textField()),
  down: urlSignal("p_down", textField()),
  up: urlSignal("p_up", textField()),
};
/** Whether a pole's search is a regular expression. */
export const poleExpressions = {
  left: urlSignal("p_left_re", flagField(false)),
  right: urlSignal("p_right_re", flagField(false)),
  down: urlSignal("p_down_re", flagField(false)),
  up: urlSignal("p_up_re", flagField(false)),
};
export const customKind = urlSignal("p_axis", choiceField(["linear", "angular"]));
/** Names of columns along the axes. */
export const axisColumns = urlSignal("p_axes", listField());

/** What colours the points: a column's name, or one of ours behind a tilde. */
export const OURS = {
  none: "~none",
  trust: "~trustworthiness",
  continuity: "~continuity",
  clusters: "~clusters",
  distance: "~distance",
  overlap: "~overlap",
} as const;
/** Empty: whichever column colours best. */
export const colorBy = urlSignal("p_color", textField());
export const colorAs = urlSignal("p_color_as", choiceField(["auto", "categories", "scale"]));
export const sizeBy = urlSignal("p_size", textField());
/** Empty: the first column of words. */
export const labelBy = urlSignal("p_label", textField());
export const showLabels = urlSignal("p_labels", flagField(true));
export const showImages = urlSignal("p_images", flagField(true));
export const pointSize = urlSignal("p_point", numberField(1, 0.25, 6));

/** Rows that are selected, where they are few enough for an address. */
export const selectedRows = urlSignal("p_sel", listField());
export const neighbourCount = urlSignal("p_near", numberField(20, 1, 999));
/** Where the camera stands, numbers with commas between; empty: where it sees all. */
export const camera = urlSignal("p_camera", textField());
export const searchText = urlSignal("p_search", textField());
export const searchColumn = urlSignal("p_search_in", textField());
export const searchRegex = urlSignal("p_search_re", flagField(false));
