/** What is gathered beside the nodes: collections, tags of summaries, moving averages. */
import { type Body, ONE } from "./notation.ts";

export const collections: Readonly<Record<string, Body>> = {
  // Collections.
  "collections of one's own": [
    ["constant", "a"],
    ["constant", "b"],
    ["addToCollection", "mine", "a"],
    ["addToCollection", "mine", "b"],
    ["addToCollection", "mine", "a"],
    ["getCollection", "mine"],
    ["getCollection", "nothing"],
  ],
  "a collection by scope": [
    ["variableScope", "layer1", {}, [["getVariable", "v", ONE]]],
    [
      "variableScope",
      "layer2",
      {},
      [
        ["getVariable", "v", ONE],
        ["variable", "w", false],
      ],
    ],
    ["getCollection", "variables", "layer2"],
    ["getCollection", "trainable_variables", "layer2"],
    ["getCollection", "variables", ".*v"],
    ["getCollection", "variables", "ayer"],
    ["getCollection", "variables", "layer[12]/w"],
  ],
  "regularizers fill their collection": [
    [
      "variableScope",
      "a",
      { regularizer: true },
      [
        ["getVariable", "v", ONE],
        ["getVariable", "w", ONE],
      ],
    ],
    ["getVariable", "u", { ...ONE, regularizer: true }],
    ["variableScope", "a", { reuse: true, regularizer: true }, [["getVariable", "v", ONE]]],
    ["getCollection", "regularization_losses"],
  ],
  "summaries fill theirs": [
    ["scalar", "loss"],
    ["nameScope", "s", [["scalar", "loss"]]],
    ["getCollection", "summaries"],
    ["getCollection", "summaries", "s"],
  ],

  // Tags of summaries.
  "a tag is a name": [
    ["scalar", "loss"],
    ["scalar", "loss"],
    ["scalar", "Loss"],
    [
      "nameScope",
      "a",
      [
        ["scalar", "loss"],
        ["nameScope", "b", [["scalar", "loss"]]],
      ],
    ],
  ],
  "a tag's characters": [
    ["scalar", "a b"],
    ["scalar", "a:b(c)"],
    ["scalar", "/a"],
    ["scalar", "//a//b"],
    ["scalar", "损失"],
    ["scalar", "_a"],
  ],
  "a tag with a family": [
    ["scalar", "loss", "train"],
    ["scalar", "loss", "train"],
    [
      "nameScope",
      "a",
      [
        ["scalar", "loss", "train"],
        ["scalar", "loss", "t r"],
      ],
    ],
  ],

  // Moving averages.
  "shadow variables": [
    ["variable", "v"],
    ["variableScope", "a", {}, [["getVariable", "w", ONE]]],
    ["averageName", "v"],
    ["average", "v"],
    ["average", "a/w"],
  ],
  "shadow variables in scopes": [
    ["variableScope", "a", {}, [["getVariable", "w", ONE]]],
    ["nameScope", "n", [["average", "a/w"]]],
    ["variableScope", "b", {}, [["average", "a/w", "Second"]]],
  ],
  "two averages of one variable": [
    ["variable", "v"],
    ["average", "v"],
    ["average", "v"],
    ["average", "v", "Other"],
    ["getCollection", "moving_average_variables"],
  ],
};
