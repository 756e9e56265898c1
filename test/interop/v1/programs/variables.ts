/** Variables, by themselves and asked for by name. */
import { type Body, ONE } from "./notation.ts";

export const variables: Readonly<Record<string, Body>> = {
  "a variable": [["variable"], ["variable"], ["variable", "v"], ["variable", "v"]],
  "a variable in a name scope": [["nameScope", "a", [["variable", "v"], ["variable"]]]],
  "a variable that is not trained": [
    ["variable", "v", false],
    ["variable", "w"],
  ],
  "getVariable is not in name scopes": [
    [
      "nameScope",
      "a",
      [
        ["variable", "b"],
        ["getVariable", "b", ONE],
      ],
    ],
    ["nameScope", "b", [["getVariable", "c", ONE]]],
  ],
  "getVariable twice": [
    ["getVariable", "v", ONE],
    ["getVariable", "v", ONE],
  ],
  "getVariable after a node of its name": [
    ["noOp", "v"],
    ["getVariable", "v", ONE],
    ["getVariable", "v", ONE],
  ],
  "getVariable without a shape": [
    ["getVariable", "v"],
    ["getVariable", "w", { initializer: 3 }],
    ["getVariable", "u", { initializer: 3, shape: [] }],
  ],
  "getVariable of another type": [["getVariable", "v", { shape: [2], dtype: "int32" }]],
  "getVariable that is not trained": [["getVariable", "v", { ...ONE, trainable: false }]],
  "getVariable in collections of its own": [
    ["getVariable", "v", { ...ONE, collections: ["mine", "local_variables"] }],
    ["getVariable", "w", { ...ONE, collections: ["mine"], trainable: false }],
  ],
  "an illegal name of a variable": [
    ["getVariable", "_v", ONE],
    ["variable", "v w"],
  ],
};
