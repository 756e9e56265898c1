/** The thread that opens graphs and answers questions about them, so that a large one holds nobody else up. */
import { parentPort } from "node:worker_threads";
import { Desk } from "./desk.ts";
import type { Inquiry, Reply } from "./questions.ts";

export interface ThreadQuestion {
  readonly id: number;
  readonly inquiry: Inquiry;
}

export interface ThreadReply {
  readonly id: number;
  /** An error that is ours. */
  readonly failed?: Error;
  readonly reply?: Reply;
}

const port = parentPort!;
const desk = new Desk();

port.on("message", async ({ id, inquiry }: ThreadQuestion) => {
  const answer = await answered(id, inquiry);
  const { reply } = answer;
  port.postMessage(answer, reply && "body" in reply ? [reply.body.buffer as ArrayBuffer] : []);
});

async function answered(id: number, inquiry: Inquiry): Promise<ThreadReply> {
  try {
    return { id, reply: await desk.answer(inquiry) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error : new Error(String(error)) };
  }
}
