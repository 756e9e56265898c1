/**
 * A trace in Chrome's JSON form as a step's executions: what the profilers of PyTorch and TensorFlow write.
 * Format: "Trace Event Format", https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */

import { Strings } from "../definition/strings.ts";
import { GraphError } from "../graph-error.ts";
import { field, type Json, list, text } from "../keras/json.ts";
import { StepColumns } from "../step/step-columns.ts";

export function looksLikeChromeTrace(json: Json): boolean {
  if (Array.isArray(json)) return json.length > 0 && text(field(json[0], "ph")) !== undefined;
  return Array.isArray(field(json, "traceEvents"));
}

/** @throws GraphError when nothing in it has a duration */
export function stepOfChromeTrace(json: Json): StepColumns {
  const events = Array.isArray(json) ? json : list(field(json, "traceEvents"));
  const trace = new TraceReader();
  for (const event of events) trace.read(event);
  if (trace.step.length === 0) throw new GraphError("the trace has no event with a duration");
  return trace.step;
}

interface Opened {
  readonly name: string;
  readonly category: string;
  readonly start: number;
}

class TraceReader {
  readonly step = new StepColumns();
  readonly #executed = new Strings();
  readonly #labels = new Strings();
  /** Devices by process, and threads by process and thread: both are numbers or texts. */
  readonly #devices = new Map<string, number>();
  readonly #threads = new Map<string, number>();
  readonly #opened = new Map<string, Opened[]>();

  constructor() {
    this.step.names = this.#executed;
    this.step.labels = this.#labels;
  }

  read(event: Json): void {
    const start = Number(field(event, "ts"));
    switch (field(event, "ph")) {
      case "X":
        this.#add(event, nameOf(event), categoryOf(event), start, Number(field(event, "dur") ?? 0));
        break;
      case "B": {
        const opened = { name: nameOf(event), category: categoryOf(event), start };
        const before = this.#opened.get(this.#key(event));
        if (before) before.push(opened);
        else this.#opened.set(this.#key(event), [opened]);
        break;
      }
      case "E": {
        const begun = this.#opened.get(this.#key(event))?.pop();
        if (begun) this.#add(event, begun.name, begun.category, begun.start, start - begun.start);
        break;
      }
      case "M":
        this.#name(event);
    }
  }

  #add(event: Json, name: string, category: string, start: number, duration: number): void {
    if (!Number.isFinite(start) || !Number.isFinite(duration)) return;
    const { step } = this;
    const device = this.#device(event);
    step.name.push(this.#executed.numberOf(name));
    step.device.push(device);
    step.thread.push(this.#thread(event));
    // A start of 0 would be taken as not told.
    step.start.push(start + 1);
    step.duration.push(Math.max(0, duration));
    step.wholeDuration.push(Math.max(0, Math.round(duration)));
    const bytes = Number(field(field(event, "args"), "Bytes") ?? 0);
    step.bytes.push(Number.isFinite(bytes) ? Math.max(0, bytes) : 0);
    step.label.push(this.#labels.numberOf(category === "" ? "" : `${name} = ${category}()`));
  }

  /** Names of processes and threads come as events of their own, before or after what runs in them. */
  #name(event: Json): void {
    const given = text(field(field(event, "args"), "name"));
    if (given === undefined) return;
    const device = this.#device(event);
    if (field(event, "name") === "process_name") {
      const labels = this.step.devices[device] ?? "";
      this.step.devices[device] = labels.endsWith(`: ${given}`)
        ? labels
        : `${this.#process(event)}: ${given}`;
    } else if (field(event, "name") === "thread_name") this.#names(device).set(this.#thread(event), given);
  }

  #device(event: Json): number {
    const process = this.#process(event);
    const known = this.#devices.get(process);
    if (known !== undefined) return known;
    const device = this.step.devices.push(process) - 1;
    this.step.threads.push(new Map<number, string>());
    this.#devices.set(process, device);
    return device;
  }

  #thread(event: Json): number {
    const key = this.#key(event);
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    const device = this.#device(event);
    const number = this.#threads.size;
    this.#threads.set(key, number);
    this.#names(device).set(number, `thread ${String(field(event, "tid") ?? 0)}`);
    return number;
  }

  #names(device: number): Map<number, string> {
    return this.step.threads[device] as Map<number, string>;
  }

  #process(event: Json): string {
    return `process ${String(field(event, "pid") ?? 0)}`;
  }

  #key(event: Json): string {
    return `${String(field(event, "pid"))} ${String(field(event, "tid"))}`;
  }
}

function nameOf(event: Json): string {
  return text(field(event, "name")) ?? "(no name)";
}

function categoryOf(event: Json): string {
  return text(field(event, "cat")) ?? "";
}
