/**
 * Programs of names, scopes and collections that both TensorFlow (v1_names.py) and `v1` (names.test.ts) run:
 * a list of statements each, in a notation that is JSON. What each prints is saved in names.json.
 */

/** What a variable is asked for with. */
export interface VariableRequest {
  readonly shape?: readonly number[];
  readonly dtype?: "float32" | "int32";
  readonly trainable?: boolean;
  /** `zeros`, or a value given as a constant. */
  readonly initializer?: "zeros" | number;
  /** Half the sum of the squares. */
  readonly regularizer?: boolean;
  readonly collections?: readonly string[];
}

export interface ScopeRequest {
  readonly reuse?: boolean | "auto";
  readonly defaultName?: string;
  readonly dtype?: "float32" | "int32";
  readonly regularizer?: boolean;
}

type Body = readonly Statement[];

/** A statement prints the names of what it makes, or the kind of error that it ends in. */
export type Statement =
  | readonly ["noOp", name?: string]
  | readonly ["constant", name?: string]
  /** The sum of two constants, both made here. */
  | readonly ["add", name?: string]
  | readonly ["variable", name?: string, trainable?: boolean]
  | readonly ["getVariable", name: string, request?: VariableRequest]
  | readonly ["nameScope", name: string | null, body: Body]
  /** The n-th scope that was opened, entered again by its name with a slash. */
  | readonly ["nameScopeAgain", index: number, body: Body]
  | readonly ["variableScope", name: string | null, request: ScopeRequest, body: Body]
  /** The n-th variable scope that was opened, entered again as an object. */
  | readonly ["variableScopeAgain", index: number, request: ScopeRequest, body: Body]
  | readonly ["reuseVariables"]
  /** Prints the variable scope that is open: its name, whether it reuses, its name scope. */
  | readonly ["currentScope"]
  | readonly ["device", device: string | null, body: Body]
  | readonly ["controlDependencies", nodes: readonly string[] | null, body: Body]
  | readonly ["colocateWith", node: string, body: Body]
  | readonly ["uniqueName", name: string]
  | readonly ["scalar", name: string, family?: string]
  | readonly ["average", variable: string, name?: string]
  | readonly ["averageName", variable: string]
  | readonly ["addToCollection", key: string, node: string]
  | readonly ["getCollection", key: string, scope?: string]
  | readonly ["newGraph", body: Body]
  | readonly ["resetDefaultGraph"];

const ONE = { shape: [1] };

/** The programs that say what a rule is. */
const rules: Readonly<Record<string, Body>> = {
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

  // Variables.
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

  // Variable scopes.
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

  // Graphs.
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

/** Programs that nobody thought of: the same ones each time. */
function randomPrograms(count: number): Record<string, Body> {
  const draw = generator(7);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  const name = () => pick(["a", "A", "b", "a_1", "b_1", "a/b", "c"]);
  const reuse = () => pick([undefined, undefined, false, true, "auto"] as const);
  const scopeRequest = () => {
    const reused = reuse();
    return reused === undefined ? {} : { reuse: reused };
  };
  const statement = (depth: number): Statement => {
    const kind = Math.floor(draw() * (depth < 3 ? 12 : 6));
    if (kind === 0) return ["noOp", name()];
    if (kind === 1) return ["add"];
    if (kind === 2) return ["variable", name()];
    if (kind <= 4) return ["getVariable", name(), ONE];
    if (kind === 5) return draw() < 0.5 ? ["uniqueName", name()] : ["scalar", name()];
    if (kind <= 7) return ["nameScope", pick([name(), name(), name(), `${name()}/`, "", null]), body(depth)];
    if (kind === 8) return ["nameScopeAgain", Math.floor(draw() * 3), body(depth)];
    if (kind === 9) return ["variableScopeAgain", Math.floor(draw() * 3), scopeRequest(), body(depth)];
    if (kind === 10) return ["variableScope", null, { defaultName: name(), ...scopeRequest() }, body(depth)];
    return ["variableScope", name(), scopeRequest(), body(depth)];
  };
  const body = (depth: number): Body =>
    Array.from({ length: 1 + Math.floor(draw() * 4) }, () => statement(depth + 1));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `random ${i + 1}`,
      [...body(-1), ...body(-1), ["currentScope"]],
    ]),
  );
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const programs: Readonly<Record<string, Body>> = { ...rules, ...randomPrograms(120) };
