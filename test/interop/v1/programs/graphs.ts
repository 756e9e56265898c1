/** Several graphs. */
import { type Body, ONE } from "./notation.ts";

export const graphs: Readonly<Record<string, Body>> = {
  "graphs side by side": [
    ["noOp", "a"],
    [
      "newGraph",
      [
        ["noOp", "a"],
        ["getVariable", "v", ONE],
        ["newGraph", [["noOp", "a"]]],
        ["noOp", "a"],
      ],
    ],
    ["noOp", "a"],
    ["getVariable", "v", ONE],
  ],
  "a new default graph": [
    ["noOp", "a"],
    ["getVariable", "v", ONE],
    ["resetDefaultGraph"],
    ["noOp", "a"],
    ["getVariable", "v", ONE],
    ["newGraph", [["resetDefaultGraph"]]],
  ],
  "a new graph is at the root of everything": [
    [
      "nameScope",
      "a",
      [
        [
          "variableScope",
          "b",
          {},
          [
            [
              "device",
              "/gpu:0",
              [
                [
                  "newGraph",
                  [
                    ["noOp", "x"],
                    ["getVariable", "v", ONE],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
    ],
  ],
};
