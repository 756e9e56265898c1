/** Variable scopes: what they share, and what they are called when they are entered again. */
import { type Body, ONE } from "./notation.ts";

export const variableScopes: Readonly<Record<string, Body>> = {
  "a variable scope": [
    [
      "variableScope",
      "foo",
      {},
      [
        ["getVariable", "v", ONE],
        ["variable", "w"],
        ["noOp", "x"],
      ],
    ],
    ["variableScope", "bar", {}, [["getVariable", "v", ONE]]],
  ],
  "variable scopes in variable scopes": [
    [
      "variableScope",
      "a",
      {},
      [
        [
          "variableScope",
          "b",
          {},
          [
            ["getVariable", "v", ONE],
            ["noOp", "x"],
          ],
        ],
      ],
    ],
  ],
  "a variable scope used again has a new name scope": [
    [
      "variableScope",
      "foo",
      {},
      [
        ["getVariable", "v", ONE],
        ["noOp", "x"],
      ],
    ],
    [
      "variableScope",
      "foo",
      {},
      [
        ["getVariable", "w", ONE],
        ["noOp", "x"],
      ],
    ],
  ],
  "a variable that exists": [
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
  ],
  "a variable that is reused": [
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
    [
      "variableScope",
      "foo",
      { reuse: true },
      [
        ["getVariable", "v", ONE],
        ["getVariable", "v"],
      ],
    ],
  ],
  "a variable that does not exist": [
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
    ["variableScope", "bar", { reuse: true }, [["getVariable", "v", ONE]]],
  ],
  "a variable that Variable made is not reused": [
    ["variable", "v"],
    ["variableScope", "", { reuse: true }, [["getVariable", "v", ONE]]],
  ],
  "AUTO_REUSE makes, and finds": [
    ["variableScope", "foo", { reuse: "auto" }, [["getVariable", "v", ONE], ["currentScope"]]],
    ["variableScope", "foo", { reuse: "auto" }, [["getVariable", "v", ONE]]],
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
  ],
  "another shape": [
    ["getVariable", "v", { shape: [1] }],
    ["variableScope", "", { reuse: true }, [["getVariable", "v", { shape: [2] }]]],
    ["variableScope", "", { reuse: "auto" }, [["getVariable", "v", { shape: [1, 1] }]]],
  ],
  "another type": [
    ["getVariable", "v", ONE],
    ["variableScope", "", { reuse: true }, [["getVariable", "v", { ...ONE, dtype: "int32" }]]],
  ],
  "reuse goes on inside": [
    ["variableScope", "a", {}, [["variableScope", "b", {}, [["getVariable", "v", ONE]]]]],
    [
      "variableScope",
      "a",
      { reuse: true },
      [
        ["variableScope", "b", {}, [["getVariable", "v", ONE], ["currentScope"]]],
        ["variableScope", "b", { reuse: false }, [["currentScope"], ["getVariable", "w", ONE]]],
        ["variableScope", "b", { reuse: "auto" }, [["currentScope"], ["getVariable", "w", ONE]]],
      ],
    ],
    ["currentScope"],
  ],
  "reuse ends with its scope": [
    ["variableScope", "a", { reuse: true }, [["currentScope"]]],
    ["currentScope"],
    ["variableScope", "a", {}, [["currentScope"]]],
  ],
  "reuseVariables from here on": [
    [
      "variableScope",
      "foo",
      {},
      [
        ["getVariable", "v", ONE],
        ["reuseVariables"],
        ["getVariable", "v", ONE],
        ["getVariable", "w", ONE],
        ["currentScope"],
      ],
    ],
    ["variableScope", "foo", {}, [["currentScope"]]],
  ],
  "a name of a variable with slashes": [
    ["variableScope", "foo", {}, [["variableScope", "bar", {}, [["getVariable", "v", ONE]]]]],
    [
      "variableScope",
      "",
      { reuse: true },
      [
        ["getVariable", "foo/bar/v", ONE],
        ["noOp", "x"],
      ],
    ],
  ],
  "a scope of several levels and its parts": [
    ["variableScope", "a/b", {}, [["getVariable", "v", ONE], ["noOp", "x"], ["currentScope"]]],
    ["variableScope", "a", { reuse: true }, [["getVariable", "b/v", ONE]]],
  ],
  "an empty scope within a scope": [
    ["variableScope", "a", {}, [["variableScope", "", {}, [["currentScope"], ["noOp", "x"]]]]],
  ],
  "a variable scope in a name scope": [
    [
      "nameScope",
      "n",
      [["variableScope", "v", {}, [["getVariable", "w", ONE], ["variable", "u"], ["currentScope"]]]],
    ],
  ],
  "a name scope in a variable scope": [
    [
      "variableScope",
      "v",
      {},
      [
        [
          "nameScope",
          "n",
          [
            ["getVariable", "w", ONE],
            ["variable", "u"],
            ["noOp", "x"],
          ],
        ],
      ],
    ],
  ],
  "a scope entered again as an object": [
    [
      "variableScope",
      "foo",
      {},
      [
        ["getVariable", "v", ONE],
        ["noOp", "x"],
      ],
    ],
    ["variableScopeAgain", 0, {}, [["getVariable", "w", ONE], ["noOp", "x"], ["currentScope"]]],
    ["variableScopeAgain", 0, { reuse: true }, [["getVariable", "v", ONE], ["currentScope"]]],
  ],
  "a scope entered again from within another": [
    ["variableScope", "foo", {}, [["getVariable", "v", ONE]]],
    [
      "variableScope",
      "bar",
      {},
      [
        ["variableScope", "baz", {}, [["currentScope"]]],
        ["variableScopeAgain", 0, {}, [["currentScope"], ["getVariable", "w", ONE], ["noOp", "x"]]],
        ["currentScope"],
      ],
    ],
  ],
  "a scope entered again shares as it did": [
    ["variableScope", "foo", {}, [["getVariable", "v", ONE], ["reuseVariables"]]],
    ["variableScopeAgain", 0, {}, [["getVariable", "v", ONE], ["currentScope"]]],
  ],
  "an inner scope entered again": [
    ["variableScope", "a", {}, [["variableScope", "b", {}, [["noOp", "x"]]]]],
    ["variableScopeAgain", 1, {}, [["getVariable", "v", ONE], ["noOp", "x"], ["currentScope"]]],
  ],
  "the root scope entered again": [
    ["currentScope"],
    ["variableScope", "a", {}, [["getVariable", "v", ONE]]],
    ["variableScope", "", { reuse: true }, [["getVariable", "a/v", ONE], ["currentScope"]]],
  ],
  "default names get numbers": [
    [
      "variableScope",
      null,
      { defaultName: "d" },
      [
        ["getVariable", "v", ONE],
        ["noOp", "x"],
      ],
    ],
    [
      "variableScope",
      null,
      { defaultName: "d" },
      [
        ["getVariable", "v", ONE],
        ["noOp", "x"],
      ],
    ],
    ["variableScope", "d", {}, [["getVariable", "u", ONE]]],
    ["variableScope", null, { defaultName: "d" }, [["getVariable", "v", ONE]]],
  ],
  "default names are counted in each scope anew": [
    [
      "variableScope",
      "a",
      {},
      [
        ["variableScope", null, { defaultName: "d" }, [["currentScope"]]],
        ["variableScope", null, { defaultName: "d" }, [["currentScope"]]],
      ],
    ],
    ["variableScope", "a", {}, [["variableScope", null, { defaultName: "d" }, [["currentScope"]]]]],
  ],
  "default names in a scope that is entered again": [
    ["variableScope", "a", {}, [["variableScope", null, { defaultName: "d" }, [["currentScope"]]]]],
    ["variableScopeAgain", 0, {}, [["variableScope", null, { defaultName: "d" }, [["currentScope"]]]]],
    ["variableScope", "a", {}, [["variableScope", null, { defaultName: "d" }, [["currentScope"]]]]],
  ],
  "a default name where there is a name": [["variableScope", "a", { defaultName: "d" }, [["currentScope"]]]],
  "no name at all, and a default one that is reused": [
    ["variableScope", null, {}, [["noOp", "x"]]],
    ["variableScope", null, { defaultName: "d", reuse: true }, [["noOp", "x"]]],
    ["variableScope", null, { defaultName: "d", reuse: "auto" }, [["noOp", "x"]]],
  ],
  "the type of a scope": [
    [
      "variableScope",
      "a",
      { dtype: "int32" },
      [
        ["getVariable", "v", ONE],
        ["variableScope", "b", {}, [["getVariable", "w", ONE]]],
      ],
    ],
  ],
  "an illegal name of a variable scope": [
    ["variableScope", "a b", {}, [["noOp", "x"]]],
    ["variableScope", "_a", {}, [["noOp", "x"]]],
    ["currentScope"],
  ],
};
