/** Answers that are errors, in the server's own words. */

/**
 * An answer other than 2xx, with the server's own words where it gave any.
 *
 * @example
 * try {
 *   await client.series({ tag: "loss", smoothing: 2 });
 * } catch (error) {
 *   if (error instanceof ApiError) console.log(error.status); // 400
 * }
 */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

/** The response, when it is a good one. @throws ApiError when it is not */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = (await response.text()).slice(0, 500).trim();
  throw new ApiError(response.status, sentence(body) ?? `the server answered ${response.status}`);
}

/** Takes `error` or `message` out of a JSON body, or the body itself when it is plain text. */
function sentence(body: string): string | undefined {
  if (body === "" || body.startsWith("<")) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return body;
    const fields = new Map<string, unknown>(Object.entries(parsed));
    const text = fields.get("error") ?? fields.get("message");
    return typeof text === "string" ? text : undefined;
  } catch {
    return body;
  }
}
