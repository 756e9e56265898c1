/** What `eval` and `run` come to without a session: values are fed, loaded, or follow by plain arithmetic. */
import { beforeEach, describe, expect, test } from "vitest";
import { pb } from "../../../proto/index.ts";
import { ShapeError, ValueError, v1 } from "../../../summary/index.ts";

beforeEach(() => v1.resetDefaultGraph());

const scalarsOf = (summary: Uint8Array) =>
  Object.fromEntries(
    (pb.Summary.decode(summary).value ?? []).map(({ tag, simpleValue }) => [tag, simpleValue]),
  );

describe("feeding", () => {
  test("what a training library computes is fed, by tensor or by variable", () => {
    const x = v1.placeholder("float32", [null, 2]);
    const weights = v1.getVariable("weights", { shape: [2, 1] });
    const logits = v1.matMul(x, weights);
    v1.summary.histogram("weights", weights);
    v1.summary.scalar("total", v1.reduceSum(logits));
    const merged = v1.summary.mergeAll();
    const feed = new Map<v1.Tensor | v1.Variable, v1.Value>([
      [logits, [1, 2, 3.5]],
      [weights, Float32Array.of(0.5, -0.5)],
    ]);
    const { value } = pb.Summary.decode(merged.eval(feed));
    expect(value).toMatchObject([{ histo: { num: 2, sum: 0 } }, { tag: "total", simpleValue: 6.5 }]);
  });

  test("a function is called when its value is needed, and only then", () => {
    const [loss, other] = [v1.placeholder("float32", []), v1.placeholder("float32", [])];
    const summary = v1.summary.scalar("loss", loss);
    let calls = 0;
    const lastLoss = () => ++calls / 4;
    const never = () => {
      throw new Error("not needed");
    };
    expect(
      scalarsOf(
        summary.eval([
          [loss, lastLoss],
          [other, never],
        ]),
      ),
    ).toEqual({ loss: 0.25 });
    expect(calls).toBe(1);
  });

  test("a summary can be of a function of the program", () => {
    let loss = 1;
    const summary = v1.summary.scalar("loss", () => loss);
    expect(scalarsOf(summary.eval())).toEqual({ loss: 1 });
    loss = 0.5;
    expect(scalarsOf(summary.eval())).toEqual({ loss: 0.5 });
    expect(v1.getDefaultGraph().getOperationByName("loss/values").op).toBe("PyFunc");
  });

  test("a function must give what it was declared to give", () => {
    const pixels = v1.func(() => new Uint8Array(4), { dtype: "uint8", shape: [1, 2, 2, 1] });
    const { value } = pb.Summary.decode(v1.summary.image("digit", pixels, { maxOutputs: 1 }).eval());
    expect(value).toMatchObject([{ tag: "digit/image", image: { height: 2, width: 2 } }]);
    const undeclared = v1.summary.image("other", () => new Uint8Array(4));
    expect(() => undeclared.eval()).toThrow("other/tensor gives uint8, but was declared to give float32");
  });

  test("a flat array fills the size that is unknown; tensors have shapes of their own", () => {
    const x = v1.placeholder("float32", [null, 2]);
    const mean = v1.reduceMean(x);
    expect(mean.eval([[x, [1, 2, 3, 6]]])).toBe(3);
    expect(
      mean.eval([
        [
          x,
          [
            [1, 2],
            [3, 6],
          ],
        ],
      ]),
    ).toBe(3);
    expect(mean.eval([[x, { shape: [1, 2], dtype: "float32", dataSync: () => Float32Array.of(1, 2) }]])).toBe(
      1.5,
    );
    expect(() => mean.eval([[x, [1, 2, 3]]])).toThrow(ShapeError);
    expect(() => mean.eval([[x, [[1], [2]]]])).toThrow("cannot feed Placeholder:0: a value of shape (2, 1)");
  });

  test("what is missing is named", () => {
    const x = v1.placeholder("float32", [null, 2], { name: "x-input" });
    const product = v1.matMul(x, [[1], [2]]);
    const summary = v1.summary.scalar("sum", v1.reduceSum(product));
    expect(() => summary.eval()).toThrow(ValueError);
    expect(() => summary.eval()).toThrow("no value for MatMul:0: MatMul is not computed here; feed it");
    expect(() => x.eval()).toThrow("no value for x-input:0");
  });
});

describe("what is computed here", () => {
  test("the textbook's summaries of a variable follow from the variable", () => {
    const weights = new v1.Variable([1, 2, 3, 6], { name: "weights" });
    const mean = v1.reduceMean(weights);
    const stddev = v1.sqrt(v1.reduceMean(v1.square(v1.sub(weights, mean))));
    expect(() => mean.eval()).toThrow("variable weights holds nothing yet");
    weights.load([1, 2, 3, 6]);
    expect([mean.eval(), stddev.eval()]).toEqual([3, Math.fround(Math.sqrt(3.5))]);
  });

  test("accuracy follows from labels and what the network says", () => {
    const [y, labels] = [v1.placeholder("float32", [null, 3]), v1.placeholder("float32", [null, 3])];
    const correct = v1.equal(v1.argMax(y, 1), v1.argMax(labels, 1));
    const accuracy = v1.reduceMean(v1.cast(correct, "float32"));
    const said = [0.1, 0.8, 0.1, 0.3, 0.3, 0.4];
    expect(
      accuracy.eval([
        [y, said],
        [labels, [0, 1, 0, 1, 0, 0]],
      ]),
    ).toBe(0.5);
  });

  test("an image summary shows what is fed for the images before they are reshaped", () => {
    const x = v1.placeholder("float32", [null, 4]);
    const summary = v1.summary.image("input", v1.reshape(x, [-1, 2, 2, 1]));
    const { value } = pb.Summary.decode(summary.eval([[x, new Float32Array(8)]]));
    expect(value?.map(({ tag }) => tag)).toEqual(["input/image/0", "input/image/1"]);
  });

  test("arithmetic is of the tensor's type", () => {
    const third = v1.div(1, 3);
    expect(third.eval()).toBe(Math.fround(1 / 3));
    const exact = v1.div(v1.constant(1, { dtype: "float64" }), 3);
    expect(exact.eval()).toBe(1 / 3);
    expect(v1.cast(v1.constant([1.9, -1.9]), "int32").eval()).toEqual(Int32Array.of(1, -1));
    expect(v1.cast(v1.constant([1.9, -1.9]), "int64").eval()).toEqual(Float64Array.of(1, -1));
    expect(v1.cast(v1.constant([0, 0.5]), "bool").eval()).toEqual(Uint8Array.of(0, 1));
    expect(v1.reduceSum(v1.constant([1, 2], { dtype: "int64" })).eval()).toBe(3);
    expect(v1.clipByValue([0, 0.5, 2], 0.1, 1).eval()).toEqual(Float32Array.of(0.1, 0.5, 1));
    expect(v1.constant("π").eval()).toEqual(new TextEncoder().encode("π"));
  });

  test("sums over some dimensions are left to the training library", () => {
    const rows = v1.reduceSum(
      [
        [1, 2],
        [3, 4],
      ],
      { axis: 1, name: "rows" },
    );
    expect(() => rows.eval()).toThrow("rows reduces some dimensions only");
    expect(v1.reduceMean(rows).eval([[rows, [3, 7]]])).toBe(5);
  });
});

describe("variables", () => {
  test("begin with what their initializers give", () => {
    const zeros = v1.getVariable("zeros", { shape: [2], initializer: v1.zerosInitializer() });
    const many = v1.getVariable("many", { shape: [40, 40], initializer: v1.constantInitializer(0.5) });
    const step = new v1.Variable(3, { dtype: "int32", trainable: false });
    const doubled = new v1.Variable(v1.mul(step.initializedValue(), 2));
    v1.globalVariablesInitializer().run();
    expect(zeros.eval()).toEqual(new Float32Array(2));
    expect(many.eval()).toEqual(new Float32Array(1600).fill(0.5));
    expect([step.eval(), doubled.eval()]).toEqual([3, 6]);
  });

  test("random ones are drawn, and with a seed the same each time", () => {
    const draw = (seed?: number) => {
      const initializer = v1.truncatedNormalInitializer({ stddev: 0.1, seed });
      const weights = new v1.Graph().asDefault(() => {
        const variable = v1.getVariable("weights", { shape: [1000], initializer });
        v1.globalVariablesInitializer().run();
        return variable;
      });
      return Array.from(weights.eval() as Float32Array);
    };
    const [first, again, other] = [draw(1), draw(1), draw(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(draw()).not.toEqual(draw());
    expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.2));
    const deviation = Math.sqrt(first.reduce((sum, x) => sum + x * x, 0) / first.length);
    expect(deviation).toBeCloseTo(0.088, 2); // of the normal distribution, cut at two deviations
  });

  test("hold copies: neither side changes the other's", () => {
    const weights = new v1.Variable([0, 0]);
    const trained = Float32Array.of(1, 2);
    weights.load(trained);
    trained[0] = 9;
    const held = weights.eval();
    expect(held).toEqual(Float32Array.of(1, 2));
    if (held instanceof Float32Array) held[1] = 9;
    expect(weights.eval()).toEqual(Float32Array.of(1, 2));
    expect(() => weights.load([1, 2, 3])).toThrow(ShapeError);
  });

  test("are changed by the operations that change them, when these run", () => {
    const count = new v1.Variable(1, { dtype: "int32" });
    v1.globalVariablesInitializer().run();
    const more = count.assignAdd(2);
    expect(count.eval()).toBe(1);
    expect([more.eval(), count.eval()]).toEqual([3, 3]);
    v1.assign(count, 10).op.run();
    v1.assignSub(count, 4).op.run();
    expect(count.eval()).toBe(6);
  });

  test("an operation runs after what it waits for", () => {
    const count = new v1.Variable(0, { dtype: "int32" });
    v1.globalVariablesInitializer().run();
    const first = v1.assignAdd(count, 1);
    const both = v1.controlDependencies([first], () => v1.noOp({ name: "both" }));
    both.run();
    expect(count.eval()).toBe(1);
  });

  test("a training step is not computed here, and says so", () => {
    const weights = v1.getVariable("weights", { shape: [2] });
    const step = new v1.train.GradientDescentOptimizer(0.1).minimize(v1.nn.l2Loss(weights));
    v1.globalVariablesInitializer().run();
    expect(() => step.run()).toThrow("ApplyGradientDescent is not computed here");
  });
});

test("two summaries of one tag cannot be merged", () => {
  const [one, two] = [v1.summary.scalar("a", 1), v1.summary.scalar("b", 2)];
  const twice = v1.summary.merge([one, two, one]);
  expect(() => twice.eval()).toThrow('two summaries that are merged have the tag "a"');
});

test("no summaries cannot be merged", () => {
  expect(() => v1.summary.mergeAll()).toThrow('no summaries in the collection "summaries"');
  expect(() => v1.summary.merge([])).toThrow("no summaries to merge");
});
