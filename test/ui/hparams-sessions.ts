/** Sessions of hyperparameters, for tests of their table. */
import type { HParamsJson } from "../../server/api/types.ts";

export const session = (
  run: string,
  trial: string,
  rate: number,
  optimizer: string,
  accuracy: number | null,
) => ({
  run,
  trial,
  status: "success" as const,
  start_time: null,
  end_time: null,
  values: [rate, optimizer],
  metrics: [accuracy === null ? null : { last: accuracy, step: 10, min: accuracy / 2, max: accuracy }],
});
export const column = { display_name: "", description: "" };
export const data: HParamsJson = {
  hparams: [
    { name: "rate", ...column },
    { name: "optimizer", ...column },
  ],
  metrics: [{ tag: "accuracy", group: "validation", ...column }],
  sessions: [
    session("a1", "a", 0.001, "adam", 0.9),
    session("a2", "a", 0.001, "adam", 0.7),
    session("b", "b", 0.1, "sgd", 0.6),
    session("c", "c", 1, "50% off, & more", null),
  ],
};
