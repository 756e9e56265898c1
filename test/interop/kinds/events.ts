/** Events and summaries as protobuf has them: legacy values, a session's milestones, messages. */
import { encode } from "fast-png";
import { pb } from "../../../proto/index.ts";
import { type Case, type InteropKind, LAST_TAG, lastScalar } from "../case.ts";
import { base64 } from "../data.ts";
import { blobs, perTag, pixels, points, tagsOf, withoutTimes } from "../routes.ts";

const png = encode({ width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(77) });
const wav = Buffer.from("UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQQAAAAAAAAA", "base64");

const wallTime = 1_700_000_000.25;

/** What TensorFlow 1 wrote, and tensorboardX still writes. */
const legacy: pb.Summary.$Properties = {
  value: [
    { tag: "legacy/scalar", simpleValue: 0.5 },
    {
      tag: "legacy/histogram",
      histo: {
        min: -1,
        max: 3,
        num: 4,
        sum: 4,
        sumSquares: 12,
        bucketLimit: [0, 2, 4],
        bucket: [1, 1, 2],
      },
    },
    { tag: "legacy/image", image: { height: 1, width: 1, colorspace: 1, encodedImageString: png } },
    {
      tag: "legacy/audio",
      audio: {
        sampleRate: 8000,
        numChannels: 1,
        lengthFrames: 2,
        encodedAudioString: wav,
        contentType: "audio/wav",
      },
    },
  ],
};

export const rawSummaries: InteropKind = {
  name: "raw-summary",
  ours: "`rawSummary` of an object, and of bytes",
  theirs: "`tf.summary.experimental.write_raw_pb`",
  cases: [
    rawCase({ step: 1 }, (writer) => writer.rawSummary(legacy, { step: 1 })),
    rawCase({ step: 2 }, (writer) => writer.rawSummary(pb.Summary.encode(legacy).finish(), { step: 2 })),
    lastScalar,
  ],
  routes: [
    tagsOf("scalars"),
    perTag("scalars/scalars", "steps and values", { compare: points }),
    perTag("histograms/histograms", "every bucket's edges and count", { compare: points }),
    blobs("images/individualImage", "images/images", "pixels", pixels),
    blobs("audio/individualAudio", "audio/audio", "the WAV files, byte for byte", withoutTimes),
  ],
};

function rawCase(options: Case["options"], log: Case["log"]): Case {
  return { kind: "raw", tag: "", data: base64(pb.Summary.encode(legacy).finish()), options, log };
}

/** A restart: after the second start, steps from 3 on count anew. */
export const sessionLogs: InteropKind = {
  name: "session-log",
  ours: "`sessionLog`",
  theirs: "`add_session_log` of `tf.compat.v1.summary.FileWriter`",
  cases: [
    milestone("start", 0),
    ...[0, 1, 2, 3, 4].map((step) => scalarEvent(step, step)),
    milestone("checkpoint", 4, { checkpointPath: "model-4", message: "saved" }),
    milestone("start", 3),
    ...[3, 4].map((step) => scalarEvent(step, 10 * step)),
    milestone("stop", 5),
    lastEvent(),
  ],
  routes: [
    tagsOf("scalars"),
    perTag("scalars/scalars", "steps and values after a restart", { compare: points }),
  ],
};

export const events: InteropKind = {
  name: "event",
  ours: "`event`",
  theirs: "`add_event` of `tf.compat.v1.summary.FileWriter`",
  cases: [
    eventCase({ step: 1, logMessage: { level: 40, message: "diverging" } }, (writer) =>
      writer.event({ logMessage: { level: 40, message: "diverging" } }, { step: 1, wallTime }),
    ),
    scalarEvent(2, 0.25),
    lastEvent(),
  ],
  routes: [tagsOf("scalars"), perTag("scalars/scalars", "steps and values", { compare: points })],
};

/** {@link lastScalar} for runs that TensorFlow's FileWriter writes. */
export function lastEvent(): Case {
  return summaryEvent(LAST_TAG, 0, 1);
}

function scalarEvent(step: number, value: number): Case {
  return summaryEvent("loss", step, value);
}

function summaryEvent(tag: string, step: number, simpleValue: number): Case {
  const summary = { value: [{ tag, simpleValue }] };
  return eventCase({ step, summary }, (writer) => writer.event({ summary }, { step, wallTime }));
}

function milestone(
  status: "start" | "stop" | "checkpoint",
  step: number,
  more: { checkpointPath?: string; message?: string } = {},
): Case {
  const { START, STOP, CHECKPOINT } = pb.SessionLog.SessionStatus;
  const { checkpointPath, message: msg } = more;
  const sessionLog = {
    status: { start: START, stop: STOP, checkpoint: CHECKPOINT }[status],
    ...(checkpointPath && { checkpointPath }),
    ...(msg && { msg }),
  };
  return eventCase({ step, sessionLog }, (writer) => writer.sessionLog(status, { step, wallTime, ...more }));
}

function eventCase(event: pb.Event.$Properties, log: Case["log"]): Case {
  const data = base64(pb.Event.encode({ wallTime, ...event }).finish());
  return { kind: "event", tag: "", data, options: { step: Number(event.step ?? 0) }, log };
}
