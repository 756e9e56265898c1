/**
 * Names, scopes and collections of `v1` beside TensorFlow 1's: programs.ts run here, and what TensorFlow
 * printed for them (v1_names.py), saved in names.json. Where there is a Python with TensorFlow, that is asked
 * whether it still prints this: `vitest -u` saves what it says.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { v1 } from "../../../summary/index.ts";
import { isExhaustive } from "../../tools/exhaustive.ts";
import { programs, type ScopeRequest, type Statement, type VariableRequest } from "./programs.ts";
import { hasTensorFlow, oracle } from "./tensorflow.ts";

const saved: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL("./names.json", import.meta.url), "utf8"),
);

describe("names are TensorFlow's", () => {
  test.each(Object.entries(programs))("%s", (name, body) => {
    expect(run(body)).toEqual(saved[name]);
  });
});

test("the keys of collections are TensorFlow's", () => {
  const keys = Object.entries(v1.GraphKeys).map(([name, key]) => `${name}: ${key}`);
  expect(keys.sort()).toEqual(saved.GraphKeys);
});

if (isExhaustive)
  test.skipIf(!hasTensorFlow)("TensorFlow still prints this", { timeout: 120_000 }, async () => {
    const printed = oracle("v1_names.py", [], JSON.stringify(programs));
    await expect(printed).toMatchFileSnapshot("names.json");
  });

/** What an error is about, by words in its message. */
const ERRORS = {
  "illegal name": /name (starts with|is made of)/,
  exists: /exists already/,
  missing: /does not exist/,
  "other shape": /has shape/,
  "other type": /is (float32|int32), but/,
  "no shape": /needs a shape/,
  "shape twice": /give either, not both/,
  "no name": /needs a defaultName/,
  "reused without a name": /that is reused needs a name/,
  "no device": /no device|names two devices/,
  "nested graph": /inside a graph's asDefault/,
};

function run(body: readonly Statement[]): string[] {
  v1.resetDefaultGraph();
  const program = new Program();
  program.run(body);
  return [...program.lines, ...collections()];
}

function about(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const found = Object.entries(ERRORS).find(([, pattern]) => pattern.test(message));
  return found?.[0] ?? message;
}

class Program {
  readonly lines: string[] = [];
  private readonly nameScopes: string[] = [];
  private readonly variableScopes: v1.VariableScope[] = [];

  run(body: readonly Statement[]): void {
    for (const statement of body) {
      try {
        this.lines.push(...this.execute(statement));
      } catch (error) {
        this.lines.push(`error: ${about(error)}`);
      }
    }
  }

  /** Lines of a statement; those of its body are added while it runs. */
  private execute(statement: Statement): string[] {
    switch (statement[0]) {
      case "noOp":
        return [operationLine(v1.noOp({ name: statement[1] }))];
      case "constant":
        return [operationLine(v1.constant(1, { name: statement[1] }).op)];
      case "add": {
        const { op } = v1.add(1, 2, { name: statement[1] });
        return [op, ...op.inputs.map((input) => input.op)].map(operationLine);
      }
      case "variable": {
        const [, name, trainable] = statement;
        return [variableLine(new v1.Variable([1], { name, trainable }))];
      }
      case "getVariable":
        return [variableLine(getVariable(statement[1], statement[2]))];
      case "nameScope":
        return v1.nameScope(statement[1], (scope) => {
          this.nameScopes.push(scope);
          return this.inside(statement[2]);
        });
      case "nameScopeAgain": {
        const scope = this.nameScopes[statement[1]];
        return scope === undefined ? [] : v1.nameScope(scope, () => this.inside(statement[2]));
      }
      case "variableScope":
        return v1.variableScope(statement[1], scopeOptions(statement[2]), (scope) => {
          this.variableScopes.push(scope);
          return this.inside(statement[3]);
        });
      case "variableScopeAgain": {
        const scope = this.variableScopes[statement[1]];
        const options = scopeOptions(statement[2]);
        return scope ? v1.variableScope(scope, options, () => this.inside(statement[3])) : [];
      }
      case "reuseVariables":
        v1.getVariableScope().reuseVariables();
        return [];
      case "currentScope": {
        const { name, reuse, originalNameScope } = v1.getVariableScope();
        const now = v1.getDefaultGraph().nameScopeName;
        return [`scope '${name}', reuse ${reuse}, name scope '${originalNameScope}', now '${now}'`];
      }
      case "device":
        return v1.device(statement[1], () => this.inside(statement[2]));
      case "controlDependencies":
        return v1.controlDependencies(statement[1]?.map(operation) ?? null, () => this.inside(statement[2]));
      case "colocateWith":
        return v1.colocateWith(operation(statement[1]), () => this.inside(statement[2]));
      case "uniqueName":
        return [v1.getDefaultGraph().uniqueName(statement[1], false)];
      case "scalar": {
        const [, name, family] = statement;
        const { op } = v1.summary.scalar(name, 1, { family });
        const tag = op.inputs[0]?.eval();
        return [`${op.name} tagged ${tag instanceof Uint8Array ? new TextDecoder().decode(tag) : tag}`];
      }
      case "average":
        return averageLines(statement[1], statement[2]);
      case "averageName":
        return [new v1.train.ExponentialMovingAverage(0.9).averageName(variable(statement[1]))];
      case "addToCollection":
        v1.addToCollection(statement[1], v1.getDefaultGraph().getTensorByName(`${statement[2]}:0`));
        return [];
      case "getCollection":
        return [v1.getCollection(statement[1], statement[2]).map(named).join(", ")];
      case "newGraph":
        new v1.Graph().asDefault(() => this.run(statement[1]));
        return ["end of graph"];
      case "resetDefaultGraph":
        v1.resetDefaultGraph();
        return [];
    }
  }

  private inside(body: readonly Statement[]): string[] {
    this.run(body);
    return [];
  }
}

function operation(name: string): v1.Operation {
  return v1.getDefaultGraph().getOperationByName(name);
}

function variable(name: string): v1.Variable {
  const found = v1.globalVariables().find(({ op }) => op.name === name);
  if (found === undefined) throw new Error(`no variable ${name}`);
  return found;
}

function operationLine({ name, device, controlInputs }: v1.Operation): string {
  const waits = controlInputs.map((input) => input.name).sort();
  return [name, device && ` on ${device}`, waits.length > 0 && ` after ${waits.join(", ")}`]
    .filter(Boolean)
    .join("");
}

function variableLine({ name, dtype, shape, device }: v1.Variable): string {
  return `${name} ${dtype} [${shape.join(", ")}]${device && ` on ${device}`}`;
}

function getVariable(name: string, request: VariableRequest = {}): v1.Variable {
  const { initializer, regularizer, ...options } = request;
  return v1.getVariable(name, {
    ...options,
    initializer: initializer === "zeros" ? v1.zerosInitializer() : initializer,
    regularizer: regularizer ? (weights) => v1.nn.l2Loss(weights) : undefined,
  });
}

function scopeOptions({ regularizer, ...options }: ScopeRequest): v1.VariableScopeOptions {
  return { ...options, regularizer: regularizer ? (weights) => v1.nn.l2Loss(weights) : undefined };
}

function averageLines(name: string, averagesName?: string): string[] {
  const averages = new v1.train.ExponentialMovingAverage(0.9, undefined, { name: averagesName });
  const averaged = variable(name);
  const op = averages.apply([averaged]);
  const shadow = averages.average(averaged);
  return [shadow ? variableLine(shadow) : "none", `${averages.averageName(averaged)}, ${op.name}`];
}

function named(item: unknown): string {
  return typeof item === "object" && item !== null && "name" in item ? String(item.name) : String(item);
}

function collections(): string[] {
  const keys = v1.getAllCollectionKeys().sort();
  return keys.map((key) => `${key}: ${v1.getCollection(key).map(named).join(", ")}`);
}
