/** Log directories with something for the projector, and questions to a server on them. */
import { cpSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { type StartOptions, startServer } from "../../../server/index.ts";
import { folder as checkpointFiles } from "../../proto/checkpoint/files.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../../tools/records.ts";
import { type Answer, ask } from "../../tools/stock-answers.ts";

export class SetUps {
  readonly base = realpathSync(temporaryDirectory());
  readonly logdir = path.join(this.base, "logs");

  /** A run with an event, so that it is one. */
  run(name: string): string {
    writeFile(
      this.logdir,
      `${name}/events.out.tfevents.1`,
      eventFile(versionEvent, scalarEvent("loss", 0, 1)),
    );
    return path.join(this.logdir, name);
  }

  write(name: string, content: string | Uint8Array): string {
    return writeFile(this.logdir, name, typeof content === "string" ? Buffer.from(content) : content);
  }

  config(run: string, text: string): void {
    this.write(`${run}/projector_config.pbtxt`, text);
  }

  /** Copies a checkpoint of test/proto/checkpoint into a folder, with a state file that names it. */
  checkpoint(prefix: string, target: string, state = `model_checkpoint_path: "${prefix}"`): string {
    const folder = path.resolve(this.logdir, target);
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(checkpointFiles))
      if (/^(?:$|\.(?:index|data-)|-\d)/.test(file.slice(prefix.length)) && file.startsWith(prefix))
        cpSync(path.join(checkpointFiles, file), path.join(folder, file));
    if (state) writeFile(folder, "checkpoint", Buffer.from(state));
    return path.join(folder, prefix);
  }

  async serve(options: Partial<StartOptions> = {}): Promise<Questions> {
    const server = await startServer({ logdir: this.logdir, port: 0, threads: 0, ...options });
    onTestFinished(() => server.close());
    await server.loaded;
    return new Questions(server.url);
  }
}

export interface Info {
  readonly modelCheckpointPath?: string;
  readonly embeddings: readonly {
    readonly tensorName?: string;
    readonly tensorShape?: readonly number[];
    readonly metadataPath?: string;
  }[];
}

export class Questions {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  ask(route: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return ask(this.url, { url: `data/plugin/projector/${route}?${new URLSearchParams(query)}` });
  }

  async json<T>(url: string): Promise<T> {
    const answer: T = JSON.parse((await ask(this.url, { url })).body.toString());
    return answer;
  }

  runs = () => this.json<string[]>("data/plugin/projector/runs");
  info = (run: string) => this.json<Info>(`data/plugin/projector/info?run=${encodeURIComponent(run)}`);

  /** Names of a run's embeddings, sorted. */
  async names(run: string): Promise<(string | undefined)[]> {
    return (await this.info(run)).embeddings.map(({ tensorName }) => tensorName).sort();
  }

  async floats(run: string, name: string, more: Readonly<Record<string, string>> = {}): Promise<number[]> {
    const { status, body } = await this.ask("tensor", { run, name, ...more });
    if (status !== 200) throw new Error(`${status} ${body}`);
    return [...new Float32Array(new Uint8Array(body).buffer)];
  }

  /** An error's status and words. */
  async refusal(route: string, query: Readonly<Record<string, string>>): Promise<[number, string]> {
    const { status, body } = await this.ask(route, query);
    return [status, body.toString().trim()];
  }

  async problems(): Promise<string[]> {
    const { problems } = await this.json<{ problems: { file: string; message: string }[] }>("api/v1/status");
    return problems.map(({ file, message }) => `${path.basename(path.dirname(file))}: ${message}`);
  }
}
