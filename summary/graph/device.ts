/** Device names such as `/job:worker/task:1/device:GPU:0`: read, merged and written as TensorFlow's DeviceSpec does. */
import { GraphError } from "../errors.ts";

/** The parts of a device's name that are given. */
interface Device {
  readonly job?: string;
  readonly replica?: number;
  readonly task?: number;
  readonly type?: string;
  /** Absent: any device of the type. */
  readonly index?: number;
}

const SHORT_TYPES = new Set(["CPU", "GPU", "TPU", "EPU", "CUSTOM"]);

/** The name in its full form: `/gpu:0` becomes `/device:GPU:0`. Throws {@link GraphError} when it is none. */
export function canonicalDevice(name: string): string {
  return format(parse(name));
}

/** All of `inner`, and of `outer` what `inner` leaves open. Throws {@link GraphError} when one is no device. */
export function mergeDevices(outer: string, inner: string): string {
  return format({ ...parse(outer), ...parse(inner) });
}

function parse(name: string): Device {
  let device: Device = {};
  for (const part of name.split("/"))
    if (part !== "") device = { ...device, ...parsePart(part, device, name) };
  return device;
}

function parsePart(part: string, before: Device, name: string): Device {
  const [key = "", ...values] = part.split(":");
  const [value = "", index] = values;
  if (values.length === 1 && key === "job") return { job: value };
  if (values.length === 1 && key === "replica") return { replica: toIndex(value, name) };
  if (values.length === 1 && key === "task") return { task: toIndex(value, name) };
  const isShort = values.length < 2 && SHORT_TYPES.has(key.toUpperCase());
  if (!isShort && !(key === "device" && values.length === 2))
    throw new GraphError(
      `no device "${name}": "${part}" is none of job:…, replica:…, task:…, device:GPU:0, cpu:0 or gpu:0`,
    );
  if (before.type !== undefined) throw new GraphError(`"${name}" names two devices`);
  const [type, number = ""] = isShort ? [key, value] : [value, index];
  const known = SHORT_TYPES.has(type.toUpperCase()) ? type.toUpperCase() : type;
  return number === "" || number === "*" ? { type: known } : { type: known, index: toIndex(number, name) };
}

function toIndex(text: string, name: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new GraphError(`no device "${name}": "${text}" is no number`);
}

function format({ job, replica, task, type, index }: Device): string {
  const parts = [
    job !== undefined && `/job:${job}`,
    replica !== undefined && `/replica:${replica}`,
    task !== undefined && `/task:${task}`,
    type !== undefined && `/device:${type}:${index ?? "*"}`,
  ];
  return parts.filter(Boolean).join("");
}
