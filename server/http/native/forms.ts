/** Forms of an answer, and which of them a request wants. */
import type { Request, Response } from "express";
import { badRequest, HttpError } from "../errors.ts";
import { optional } from "../parameters.ts";
import { sendPieces } from "../pieces.ts";

/** Media types of the forms. */
export const FORMS = {
  json: "application/json",
  arrow: "application/vnd.apache.arrow.stream",
  csv: "text/csv",
} as const;

export type Form = keyof typeof FORMS;

/** How an answer is written, form by form: as far as it comes in that form. What may be long comes in pieces. */
export type Writers = {
  readonly [F in Form]?: () => string | Iterator<string, void, undefined> | Uint8Array;
};

/**
 * Answers in the form that the parameter `format` names, else in the one that the header Accept likes best: the first
 * of `writers` when it likes all alike. Programs that take nothing but an address need the parameter.
 *
 * @throws HttpError 400 for a format that there is not, 406 when Accept allows none
 */
export function sendForm(request: Request, response: Response, writers: Writers): void {
  const form = formOf(request, Object.keys(writers).filter(isForm));
  const body = writers[form]!();
  response.vary("Accept");
  response.type(FORMS[form]);
  if (typeof body === "string") response.send(body);
  else if (body instanceof Uint8Array)
    response.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  else sendPieces(response, body);
}

function formOf(request: Request, forms: readonly Form[]): Form {
  const format = optional(request, "format");
  if (format !== undefined) {
    const found = forms.find((form) => form === format);
    if (found === undefined) throw badRequest(`"format" must be one of ${forms.join(", ")}`);
    return found;
  }
  const accepted = request.accepts(forms.map((form) => FORMS[form]));
  const found = forms.find((form) => FORMS[form] === accepted);
  if (found === undefined)
    throw new HttpError(406, `this comes as ${forms.map((form) => FORMS[form]).join(", ")} only`);
  return found;
}

function isForm(name: string): name is Form {
  return name in FORMS;
}
