/** What each dashboard asks first of all, as far as the address tells: asked beside the page's code, and the catalog. */
import { queryRequest } from "../../client/forms.ts";
import { graphQuery } from "../dashboards/graphs/graph-query.ts";
import { askEarly } from "./asked.ts";

type Params = ReadonlyMap<string, string>;

/** By the dashboards' names in the address. Those that are not here wait for the catalog. */
export const FIRST_QUESTIONS: Readonly<Record<string, (params: Params) => void>> = {
  hparams: () => askEarly("hparams"),
  mesh: () => askEarly("meshes"),
  custom_scalars: () => askEarly("layouts"),
  projector: () => askEarly("embeddings", queryRequest({}, "json")),
  graphs(params) {
    askEarly("graph");
    const of = (name: string): string => params.get(`graph_${name}`) ?? "";
    const run = params.get("graph_run");
    // Which run is shown, and which is the newest step, only the list tells.
    if (run === undefined || (of("step") !== "" && of("step_number") === "")) return;
    const query = graphQuery(run, of("type") || "op", of("tag"), of("step"), of("step_number"));
    askEarly("graph/scope", queryRequest({ ...query, name: "" }, "json"));
  },
};
