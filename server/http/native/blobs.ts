/**
 * `/api/v1/blobs`: the bytes of several values in one answer, for pages that show hundreds of small ones. What cannot be
 * given is told in its place, and the rest is given.
 */
import type { Request, Response } from "express";
import type { BlobHead, BlobPlace, BlobProblem, BlobsQuery } from "../../api/types.ts";
import { readValues } from "../../ingest/read-record.ts";
import { getOrInsert } from "../../util/get-or-insert.ts";
import type { ServerContext } from "../context.ts";
import { MOST_READ_BYTES } from "../limits.ts";
import { checkAsker } from "../pieces.ts";
import { BYTES, bytesIn, NO_VALUE, noBlob, type TypedBytes } from "./blob-bytes.ts";
import { dtypeName } from "./dtype.ts";
import { type Fields, number, objects, readQuery, required, text } from "./fields.ts";
import { findByKey, type KeyedRecord } from "./record-key.ts";

/** Most that are given in one answer, and their bytes together. */
const MOST_BLOBS = 256;
const MOST_BYTES = 16 << 20;

const placeFields: Fields<BlobPlace> = {
  key: required(text("As `records` gives it.")),
  index: number("Which of the value's blobs, from 0 (default); of a numeric tensor, 0 is all of it.", {
    least: 0,
    most: 999_999_999,
    whole: true,
  }),
};

export const blobsFields: Fields<BlobsQuery> = {
  blobs: required(objects(placeFields, "Which bytes, in the order in which they are to come.", MOST_BLOBS)),
};

export async function answerBlobs(
  context: ServerContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { blobs } = await readQuery(request, blobsFields);
  const answers = await new Reading(blobs, response).read(context);
  const head = Buffer.from(JSON.stringify(answers.map(headOf)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bytes = answers.flatMap((answer) => ("bytes" in answer ? [answer.bytes] : []));
  response.type(BYTES).end(Buffer.concat([length, head, ...bytes]));
}

function headOf(answer: TypedBytes | BlobProblem): BlobHead | BlobProblem {
  if ("problem" in answer) return answer;
  const { type, bytes, tensor } = answer;
  return {
    type,
    bytes: bytes.length,
    ...(tensor && { dtype: dtypeName(tensor.dtype), shape: tensor.shape }),
  };
}

/** A value of which bytes are wanted. */
interface Wanted {
  readonly found: KeyedRecord;
  /** Which of the places are in it. */
  readonly places: number[];
}

class Reading {
  readonly #places: readonly BlobPlace[];
  readonly #response: Response;
  readonly #answers: (TypedBytes | BlobProblem)[];
  #room = MOST_BYTES;
  #toRead = MOST_READ_BYTES;

  constructor(places: readonly BlobPlace[], response: Response) {
    this.#places = places;
    this.#response = response;
    this.#answers = places.map(() => ({ problem: NO_VALUE, status: 404 }));
  }

  async read(context: ServerContext): Promise<readonly (TypedBytes | BlobProblem)[]> {
    const wanted = this.#find(context);
    // By the objects themselves, which are handed back with what was read.
    const byRef = new Map(wanted.map((one) => [one.found.ref, one]));
    await readValues(
      [...byRef.keys()],
      (file) => context.loader.fileOf(file),
      (event, ref) => {
        checkAsker(this.#response);
        const { found, places } = byRef.get(ref)!;
        const bytesOf = bytesIn(event, found);
        for (const place of places) {
          const given = bytesOf(this.#indexOf(place));
          if (given) this.#answers[place] = this.#take(given, place);
        }
        return null;
      },
    );
    return this.#answers;
  }

  /** Values to be read, each once; what is known not to be given is told. */
  #find({ store }: ServerContext): Wanted[] {
    const byKey = new Map<string, Wanted | null>();
    for (const [place, { key }] of this.#places.entries()) {
      const wanted = getOrInsert(byKey, key, () => {
        const found = findByKey(store, key);
        return found ? { found, places: [] } : null;
      });
      wanted?.places.push(place);
    }
    return [...byKey.values()].filter((wanted) => wanted !== null).filter((wanted) => this.#isRead(wanted));
  }

  /** Whether a value is read: not if that would be too much for one answer. Says what holds where nothing comes of it. */
  #isRead({ found, places }: Wanted): boolean {
    const fits = found.ref.length <= this.#toRead;
    if (fits) this.#toRead -= found.ref.length;
    for (const place of places)
      this.#answers[place] = fits
        ? { problem: noBlob(found, this.#indexOf(place)), status: 404 }
        : this.#tooLarge(place, `${found.ref.length} bytes would be read for it`);
    return fits;
  }

  #take({ bytes, ...rest }: TypedBytes, place: number): TypedBytes | BlobProblem {
    if (bytes.length > this.#room) return this.#tooLarge(place, `it has ${bytes.length} bytes`);
    this.#room -= bytes.length;
    // Of its own: else the whole record, which may be much larger, would stay in memory.
    return { ...rest, bytes: bytes.slice() };
  }

  #tooLarge(place: number, why: string): BlobProblem {
    const address = `/api/v1/blob/${this.#places[place]!.key}/${this.#indexOf(place)}`;
    return { problem: `this answer has no room for it, ${why}: ask for ${address}`, status: 413 };
  }

  #indexOf(place: number): number {
    return this.#places[place]!.index ?? 0;
  }
}
