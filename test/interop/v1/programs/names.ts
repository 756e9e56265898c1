/** Names of operations, and name scopes. */
import type { Body } from "./notation.ts";

export const operationsAndScopes: Readonly<Record<string, Body>> = {
  // Names of operations.
  "an operation without a name": [["noOp"], ["noOp"], ["constant"], ["add"], ["add"]],
  "a name used again gets a number": [
    ["noOp", "a"],
    ["noOp", "a"],
    ["noOp", "a"],
  ],
  "upper and lower case are one name": [
    ["noOp", "Foo"],
    ["noOp", "foo"],
    ["noOp", "FOO"],
  ],
  "a number that is taken is left out": [
    ["noOp", "a"],
    ["noOp", "a_1"],
    ["noOp", "a"],
    ["noOp", "a_1"],
  ],
  "a number may come first": [
    ["noOp", "a_1"],
    ["noOp", "a"],
    ["noOp", "a"],
  ],
  "a name with a slash": [
    ["noOp", "a/b"],
    ["noOp", "a/b"],
    ["noOp", "a"],
  ],
  "names with dots, dashes and digits": [
    ["noOp", ".a"],
    ["noOp", "1"],
    ["noOp", "a-b.c_d>e"],
    ["noOp", "a\\b"],
  ],
  "illegal names": [
    ["noOp", "_a"],
    ["noOp", "-a"],
    ["noOp", "a b"],
    ["noOp", "a:0"],
    ["noOp", "ä"],
    ["noOp", "/a"],
    ["noOp", ">a"],
  ],
  "a name that ends in a slash is taken as it is": [["nameScope", "a", [["noOp", "a/"]]]],
  "the name that would be free next": [
    ["uniqueName", "a"],
    ["noOp", "a"],
    ["uniqueName", "a"],
    ["nameScope", "s", [["uniqueName", "a"]]],
  ],

  // Name scopes.
  "a name scope": [["nameScope", "a", [["noOp", "x"], ["noOp", "x"], ["noOp"]]]],
  "a name scope used again gets a number": [
    ["nameScope", "a", [["noOp", "x"]]],
    ["nameScope", "a", [["noOp", "x"]]],
    ["nameScope", "A", [["noOp", "x"]]],
  ],
  "scopes in scopes": [
    ["nameScope", "a", [["nameScope", "b", [["noOp", "x"]]]]],
    ["nameScope", "a", [["nameScope", "b", [["noOp", "x"]]]]],
  ],
  "the same scope in itself": [
    [
      "nameScope",
      "a",
      [
        ["nameScope", "a", [["noOp", "a"]]],
        ["nameScope", "a", [["noOp", "a"]]],
      ],
    ],
  ],
  "a scope of several levels": [
    ["nameScope", "a/b", [["noOp", "x"]]],
    ["nameScope", "a", [["noOp", "x"]]],
    ["nameScope", "a/b", [["noOp", "x"]]],
  ],
  "a scope and a node of one name": [
    ["noOp", "a"],
    ["nameScope", "a", [["noOp", "x"]]],
    ["noOp", "a"],
  ],
  "a scope entered again by its slash": [
    ["nameScope", "a", [["noOp", "x"]]],
    [
      "nameScope",
      "a/",
      [
        ["noOp", "x"],
        ["noOp", "y"],
      ],
    ],
    ["nameScopeAgain", 0, [["noOp", "z"]]],
  ],
  "a scope entered again from another": [
    ["nameScope", "a", [["nameScope", "b", [["noOp", "x"]]]]],
    [
      "nameScope",
      "c",
      [
        ["nameScopeAgain", 1, [["noOp", "y"]]],
        ["noOp", "z"],
      ],
    ],
  ],
  "a slash enters what was never opened": [
    ["nameScope", "new/", [["noOp", "x"]]],
    ["nameScope", "new", [["noOp", "x"]]],
  ],
  "an empty name goes back to the root": [
    [
      "nameScope",
      "a",
      [
        ["nameScope", "", [["noOp", "x"]]],
        ["noOp", "x"],
      ],
    ],
  ],
  "null goes back to the root": [
    [
      "nameScope",
      "a",
      [
        [
          "nameScope",
          null,
          [
            ["noOp", "x"],
            ["nameScope", "b", [["noOp", "y"]]],
          ],
        ],
      ],
    ],
  ],
  "an underscore may begin a scope below the root only": [
    ["nameScope", "_a", [["noOp", "x"]]],
    [
      "nameScope",
      "s",
      [
        [
          "nameScope",
          "_a",
          [
            ["noOp", "x"],
            ["noOp", "_y"],
          ],
        ],
      ],
    ],
  ],
  "illegal names of scopes": [
    ["nameScope", "a b", [["noOp", "x"]]],
    ["nameScope", "s", [["nameScope", "a:b", [["noOp", "x"]]]]],
    ["nameScope", "-", [["noOp", "x"]]],
    ["noOp", "after"],
  ],
  "an operation makes a scope of its name": [
    ["add", "sum"],
    ["nameScope", "sum", [["noOp", "x"]]],
  ],
};
