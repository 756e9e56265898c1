/** What the projector answers beyond stock's: words, problems, changes, and nothing from outside the log directory. */
import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { projector } from "../../../summary/index.ts";
import { SetUps } from "../projector/set-ups.ts";

let logs: SetUps;
beforeEach(() => {
  logs = new SetUps();
});

const tsv = "1\t2\n3\t4\n";

test("nothing for the projector: no runs, and the dashboard is not enabled until there is something", async () => {
  logs.run("a");
  const server = await logs.serve();
  const enabled = async () =>
    (await server.json<Record<string, { enabled: boolean }>>("data/plugins_listing")).projector?.enabled;
  expect([await server.runs(), await enabled()]).toEqual([[], false]);
  expect(await server.refusal("info", { run: "a" })).toEqual([400, 'no embeddings in run "a"']);
  expect(await server.refusal("info", { run: "b" })).toEqual([400, 'no run "b"']);
  logs.write("a/t.tsv", tsv);
  logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
  expect(await server.runs()).toEqual(["a"]);
  await expect.poll(enabled).toBe(true);
});

test("changes show at once: of the config, the vectors, the latest checkpoint", async () => {
  logs.run("a");
  const file = logs.write("a/t.tsv", tsv);
  logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
  const server = await logs.serve();
  expect(await server.info("a")).toEqual({
    embeddings: [{ tensorName: "t", tensorPath: "t.tsv", tensorShape: [2, 2] }],
  });
  appendFileSync(file, "5\t6\n");
  expect((await server.info("a")).embeddings[0]?.tensorShape).toEqual([3, 2]);
  expect(await server.floats("a", "t")).toEqual([1, 2, 3, 4, 5, 6]);
  logs.config("a", 'embeddings { tensor_name: "u" tensor_path: "t.tsv" }');
  expect(await server.names("a")).toEqual(["u"]);
  logs.checkpoint("saver", "a");
  expect(await server.names("a")).toEqual(["u", "words", "words/Adam", "words/Adam_1"]);
  logs.checkpoint("sharded", "a");
  expect(await server.names("a")).toEqual(["on_0", "on_1", "u"]);
});

describe("checkpoints", () => {
  test("of the run, or of the folder above it", async () => {
    logs.run("model/train");
    logs.run("model/eval");
    const path = logs.checkpoint("saver", "model");
    logs.checkpoint("sharded_v1", "model/eval", 'model_checkpoint_path: "sharded_v1-?????-of-00002"');
    const server = await logs.serve();
    expect((await server.runs()).sort()).toEqual(["model/eval", "model/train"]);
    const info = await server.info("model/train");
    expect(info.modelCheckpointPath).toBe(path.replace("/model/", "/model/train/../"));
    expect(await server.floats("model/train", "layer/bias", { num_rows: "2" })).toHaveLength(2);
    expect(await server.names("model/eval")).toEqual(["on_0", "on_1"]);
  });

  test("of objects, without the slots of optimizers", async () => {
    logs.run("a");
    logs.checkpoint("objects", "a");
    const names = await (await logs.serve()).names("a");
    expect(names).toContain("table/.ATTRIBUTES/VARIABLE_VALUE");
    expect(names.filter((name) => name?.includes(".OPTIMIZER_SLOT"))).toEqual([]);
  });

  test("that are damaged leave the rest, and say where", async () => {
    logs.run("a");
    const prefix = logs.checkpoint("saver", "a");
    logs.write("a/t.tsv", tsv);
    logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
    const server = await logs.serve();
    expect(await server.floats("a", "words")).toHaveLength(20);
    writeFileSync(`${prefix}.data-00000-of-00001`, new Uint8Array(296));
    const [status, words] = await server.refusal("tensor", { run: "a", name: "words" });
    expect(status).toBe(500);
    expect(words).toMatch(
      /saver\.data-00000-of-00001, byte \d+: the values of "words" do not match their CRC/,
    );
    writeFileSync(`${prefix}.index`, new Uint8Array(100));
    expect(await server.names("a")).toEqual(["t"]);
    expect(await server.floats("a", "t")).toEqual([1, 2, 3, 4]);
    expect(await server.problems()).toEqual([
      expect.stringMatching(
        /^a: of the checkpoint, .*saver\.index, byte 52: not the end of a checkpoint's table/,
      ),
    ]);
    logs.checkpoint("saver", "a");
    expect(await server.names("a")).toContain("words");
    expect(await server.problems()).toEqual([]);
  });

  test("that are not there leave the run out, with a reason", async () => {
    logs.run("a");
    logs.config("a", `model_checkpoint_path: "${logs.logdir}/a/nothing"`);
    logs.run("b");
    logs.config("b", 'model_checkpoint_path: "logs-that-are-not-here/x"');
    const server = await logs.serve();
    expect(await server.runs()).toEqual([]);
    expect(await server.refusal("info", { run: "a" })).toEqual([
      400,
      `no embeddings in run "a"; the checkpoint "${logs.logdir}/a/nothing" is not there: the run is left out`,
    ]);
  });

  test("a folder or file of another program that is called checkpoint is none", async () => {
    for (const run of ["a", "b"]) logs.run(run);
    logs.write("a/checkpoint/model.pt", "x");
    logs.write("b/checkpoint", new Uint8Array([80, 75, 3, 4, 0, 255]));
    const server = await logs.serve();
    expect([await server.runs(), await server.problems()]).toEqual([[], []]);
  });

  test("a state file that cannot be read is a problem", async () => {
    logs.run("a");
    logs.checkpoint("saver", "a", "model_checkpoint_path: oops\n");
    const server = await logs.serve();
    expect(await server.runs()).toEqual([]);
    expect(await server.problems()).toEqual([expect.stringMatching(/^a: the latest checkpoint of .*line 1/)]);
  });
});

describe("configs", () => {
  test("that cannot be read leave out their run, and only that", async () => {
    for (const run of ["good", "bad"]) {
      logs.run(run);
      logs.write(`${run}/t.tsv`, tsv);
    }
    logs.config("good", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
    logs.config("bad", 'embeddings { tensor_name: "t"');
    const server = await logs.serve();
    expect(await server.runs()).toEqual(["good"]);
    const [status, words] = await server.refusal("info", { run: "bad" });
    expect(status).toBe(500);
    expect(words).toMatch(/bad\/projector_config\.pbtxt cannot be read: line 1, column 30/);
    expect(await server.problems()).toEqual([expect.stringMatching(/^bad: .*line 1, column 30/)]);
  });

  test("with fields that are unknown here are read without them", async () => {
    logs.run("a");
    logs.write("a/t.tsv", tsv);
    logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" colour: RED }');
    const server = await logs.serve();
    expect(await server.names("a")).toEqual(["t"]);
    expect(await server.problems()).toEqual([
      expect.stringMatching(/^a: .*has no field "colour": passed over$/),
    ]);
  });

  test("name vectors that are no matrix: the embedding is listed, and its file says why", async () => {
    logs.run("a");
    logs.write("a/words.tsv", "word\tcount\n");
    logs.config("a", 'embeddings { tensor_name: "t" tensor_path: "words.tsv" }');
    const server = await logs.serve();
    expect(await server.names("a")).toEqual(["t"]);
    const [status, words] = await server.refusal("tensor", { run: "a", name: "t" });
    expect(status).toBe(500);
    expect(words).toMatch(/words\.tsv" is no matrix as text \(line 1: "word" is no number\); .*tensor_shape/);
  });
});

describe("paths", () => {
  /** An embedding whose files are all at one path. */
  const everywhere = (file: string) => `
    embeddings {
      tensor_name: "t" tensor_path: "${file}" metadata_path: "${file}" bookmarks_path: "${file}"
      sprite { image_path: "${file}" }
    }`;
  const routes = ["tensor", "metadata", "bookmarks", "sprite_image"];

  test.each([
    ["a folder up, inside", "../shared.tsv"],
    ["absolute, inside", "ABSOLUTE/shared.tsv"],
  ])("%s, lead to files", async (_what, given) => {
    logs.run("a");
    logs.write("shared.tsv", tsv);
    logs.config("a", everywhere(given.replace("ABSOLUTE", logs.logdir)));
    const server = await logs.serve();
    expect((await server.info("a")).embeddings[0]?.tensorShape).toEqual([2, 2]);
    expect(await server.floats("a", "t")).toEqual([1, 2, 3, 4]);
    for (const route of routes.slice(1))
      expect((await server.ask(route, { run: "a", name: "t" })).body.toString()).toBe(tsv);
  });

  test.each([
    ["absolute", "/etc/passwd"],
    ["up and out", "../../secret.tsv"],
    ["into the home directory", "~/secret.tsv"],
    ["by a link", "link.tsv"],
    ["by a link to a folder", "up/secret.tsv"],
    ["to nothing outside", "../../../nothing.tsv"],
  ])("%s, are refused in words, unless --follow_links", async (_what, given) => {
    logs.run("a");
    writeFileSync(path.join(logs.base, "secret.tsv"), tsv);
    symlinkSync(path.join(logs.base, "secret.tsv"), path.join(logs.logdir, "a/link.tsv"));
    symlinkSync(logs.base, path.join(logs.logdir, "a/up"));
    logs.config("a", everywhere(given));
    const server = await logs.serve();
    expect(await server.info("a")).toMatchObject({ embeddings: [{ tensorName: "t", tensorPath: given }] });
    expect((await server.info("a")).embeddings[0]).not.toHaveProperty("tensorShape");
    for (const route of routes) {
      const [status, words] = await server.refusal(route, { run: "a", name: "t" });
      expect([route, status]).toEqual([route, 400]);
      expect(words).toMatch(/is not in the log directory, and is not read \(--follow_links allows it\)$/);
    }
    if (given.startsWith("/") || given.startsWith("~") || given.includes("nothing")) return;
    const open = await logs.serve({ followLinks: true });
    expect(await open.floats("a", "t")).toEqual([1, 2, 3, 4]);
  });

  test("of checkpoints outside are refused in words; what else the config has is shown", async () => {
    const outside = logs.checkpoint("saver", path.join(logs.base, "models"));
    for (const run of ["a", "b", "c"]) logs.run(run);
    logs.write("a/t.tsv", tsv);
    logs.config(
      "a",
      `model_checkpoint_path: "${outside}" embeddings { tensor_name: "t" tensor_path: "t.tsv" }`,
    );
    logs.config("b", `model_checkpoint_path: "${outside}"`);
    logs.write("c/checkpoint", `model_checkpoint_path: "${outside}"`);
    const server = await logs.serve();
    expect(await server.runs()).toEqual(["a"]);
    expect(await server.names("a")).toEqual(["t"]);
    const words = `"${outside}.index" is not in the log directory, and is not read (--follow_links allows it)`;
    expect(await server.refusal("tensor", { run: "a", name: "words" })).toEqual([
      400,
      `no tensor "words": it has no tensor file, and of the checkpoint, ${words}`,
    ]);
    expect(
      (await server.problems()).filter((problem) => problem.includes("is not in the log directory")),
    ).toHaveLength(3);
    const open = await logs.serve({ followLinks: true });
    expect((await open.runs()).sort()).toEqual(["a", "b", "c"]);
    expect(await open.floats("b", "words")).toHaveLength(20);
  });

  test("of a shard that is a link out are refused", async () => {
    logs.run("a");
    const outside = logs.checkpoint("saver", path.join(logs.base, "models"));
    const inside = logs.checkpoint("saver", "a");
    rmSync(`${inside}.data-00000-of-00001`);
    symlinkSync(`${outside}.data-00000-of-00001`, `${inside}.data-00000-of-00001`);
    const server = await logs.serve();
    expect(await server.names("a")).toContain("words");
    const [status, words] = await server.refusal("tensor", { run: "a", name: "words" });
    expect([status, words]).toEqual([400, expect.stringContaining("is not in the log directory")]);
  });

  test("the folder above the log directory is not asked for checkpoints", async () => {
    logs.checkpoint("saver", logs.base);
    logs.run(".");
    const server = await logs.serve();
    expect(await server.runs()).toEqual([]);
    expect(await server.refusal("info", { run: "." })).toEqual([400, 'no embeddings in run "."']);
  });

  test.skipIf(process.platform === "win32")(
    "to what is no file are refused, and hold up nothing",
    async () => {
      logs.run("a");
      execFileSync("mkfifo", [path.join(logs.logdir, "a/pipe")]);
      logs.config("a", everywhere("pipe"));
      const server = await logs.serve();
      for (const route of routes)
        expect(await server.refusal(route, { run: "a", name: "t" })).toEqual([
          400,
          expect.stringContaining('"pipe", which'),
        ]);
    },
  );

  test("of runs are names of runs, and nothing else", async () => {
    logs.run("a");
    logs.write("b/t.tsv", tsv);
    logs.config("b", 'embeddings { tensor_name: "t" tensor_path: "t.tsv" }');
    const server = await logs.serve();
    for (const run of ["b", "a/../b", "../logs/b", logs.logdir, ".."])
      expect(await server.refusal("info", { run })).toEqual([400, `no run "${run}"`]);
  });
});

test("what the writer writes is shown as it was given", async () => {
  const images = { data: new Uint8Array(2 * 8 * 8), shape: [2, 8, 8] };
  const bookmarks = [{ label: "from above" }];
  const metadata = { word: ["tea", "cat"], count: [3, 14] };
  const vectors = [Float32Array.of(0.1, 1e-30), Float32Array.of(-2.5, 7)];
  await projector(logs.run("a"), "words", vectors, { images, bookmarks, metadata });
  const server = await logs.serve();
  expect(await server.info("a")).toMatchObject({
    embeddings: [{ tensorName: "words", tensorShape: [2, 2] }],
  });
  expect(await server.floats("a", "words")).toEqual(vectors.flatMap((vector) => [...vector]));
  const body = async (route: string) =>
    (await server.ask(route, { run: "a", name: "words" })).body.toString();
  expect(await body("metadata")).toBe("word\tcount\ntea\t3\ncat\t14\n");
  expect(JSON.parse(await body("bookmarks"))).toEqual(bookmarks);
  expect((await server.ask("sprite_image", { run: "a", name: "words" })).type).toBe("image/png");
});

test("sprites are images or nothing that runs: a document is sent as bytes", async () => {
  logs.run("a");
  logs.write("a/t.tsv", tsv);
  logs.write("a/sprite.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
  logs.config(
    "a",
    'embeddings { tensor_name: "t" tensor_path: "t.tsv" sprite { image_path: "sprite.svg" } }',
  );
  const { status, type } = await (await logs.serve()).ask("sprite_image", { run: "a", name: "t" });
  expect([status, type]).toEqual([200, "application/octet-stream"]);
});

test("tables are cut after whole lines, the header not counted", async () => {
  logs.run("a");
  logs.write("a/t.tsv", tsv);
  logs.write("a/table.tsv", "word\tcount\na\t1\nb\t2");
  logs.write("a/labels.tsv", "a\nb\n");
  logs.config(
    "a",
    'embeddings { tensor_name: "t" tensor_path: "t.tsv" metadata_path: "table.tsv" }' +
      'embeddings { tensor_name: "u" tensor_path: "t.tsv" metadata_path: "labels.tsv" }',
  );
  const server = await logs.serve();
  const metadata = async (name: string, num_rows: string) =>
    (await server.ask("metadata", { run: "a", name, num_rows })).body.toString();
  expect(await metadata("t", "1")).toBe("word\tcount\na\t1\n");
  expect(await metadata("t", "2")).toBe("word\tcount\na\t1\nb\t2");
  expect(await metadata("u", "1")).toBe("a\n");
  expect(await metadata("u", "9")).toBe("a\nb\n");
});
