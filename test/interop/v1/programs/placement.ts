/** Where nodes run, and what they wait for. */
import { type Body, ONE } from "./notation.ts";

export const placement: Readonly<Record<string, Body>> = {
  // Devices.
  "a device": [
    [
      "device",
      "/gpu:0",
      [
        ["noOp", "x"],
        ["variable", "v"],
        ["getVariable", "w", ONE],
      ],
    ],
  ],
  "devices complete each other": [
    [
      "device",
      "/job:worker/task:1",
      [
        ["device", "/gpu:0", [["noOp", "x"]]],
        ["noOp", "y"],
      ],
    ],
    ["device", "/gpu:0", [["device", "/job:ps", [["noOp", "x"]]]]],
  ],
  "the inner device counts": [
    [
      "device",
      "/gpu:0",
      [
        ["device", "/cpu:1", [["noOp", "x"]]],
        ["device", "/gpu:*", [["noOp", "y"]]],
      ],
    ],
  ],
  "no device": [
    [
      "device",
      "/gpu:0",
      [
        [
          "device",
          null,
          [
            ["noOp", "x"],
            ["device", "/job:a", [["noOp", "y"]]],
          ],
        ],
      ],
    ],
    ["device", "/gpu:0", [["device", "", [["noOp", "x"]]]]],
  ],
  "ways to write a device": [
    ["device", "gpu:0", [["noOp", "x"]]],
    ["device", "/device:gpu:1", [["noOp", "x"]]],
    ["device", "/cpu", [["noOp", "x"]]],
    ["device", "/task:2/job:a/replica:3", [["noOp", "x"]]],
    ["device", "/device:FOO:1", [["noOp", "x"]]],
  ],
  "what is no device": [
    ["device", "/foo:1", [["noOp", "x"]]],
    ["device", "/gpu:x", [["noOp", "x"]]],
    ["device", "/gpu:0/cpu:0", [["noOp", "x"]]],
  ],
  colocation: [
    ["device", "/gpu:0", [["noOp", "a"]]],
    [
      "device",
      "/cpu:0",
      [
        ["colocateWith", "a", [["noOp", "x"]]],
        ["noOp", "y"],
      ],
    ],
    ["noOp", "b"],
    [
      "device",
      "/cpu:0",
      [
        [
          "colocateWith",
          "b",
          [
            ["noOp", "x"],
            ["device", "/gpu:1", [["noOp", "z"]]],
          ],
        ],
      ],
    ],
  ],

  // Control dependencies.
  "control dependencies": [
    ["noOp", "a"],
    ["noOp", "b"],
    [
      "controlDependencies",
      ["a", "b"],
      [
        ["noOp", "x"],
        ["constant", "c"],
      ],
    ],
  ],
  "control dependencies add up": [
    ["noOp", "a"],
    ["noOp", "b"],
    [
      "controlDependencies",
      ["a"],
      [
        ["controlDependencies", ["b", "a"], [["noOp", "x"]]],
        ["noOp", "y"],
      ],
    ],
  ],
  "control dependencies forgotten": [
    ["noOp", "a"],
    ["noOp", "b"],
    [
      "controlDependencies",
      ["a"],
      [
        [
          "controlDependencies",
          null,
          [
            ["noOp", "x"],
            ["controlDependencies", ["b"], [["noOp", "y"]]],
          ],
        ],
        ["noOp", "z"],
      ],
    ],
  ],
  "what takes in what waits does not wait itself": [
    ["noOp", "a"],
    ["controlDependencies", ["a"], [["add", "sum"]]],
  ],
  "variables do not wait": [
    ["noOp", "a"],
    [
      "controlDependencies",
      ["a"],
      [
        ["variable", "v"],
        ["getVariable", "w", ONE],
      ],
    ],
  ],
};
