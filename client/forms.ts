/** Forms of the server's answers. */

/** Media types of the forms. */
export const MEDIA_TYPES = {
  arrow: "application/vnd.apache.arrow.stream",
  csv: "text/csv",
  json: "application/json",
} as const;

/** A query as the server takes it: by POST, as there may be the names of thousands of runs in it. */
export function queryRequest(
  query: object,
  form: keyof typeof MEDIA_TYPES,
  signal?: AbortSignal,
): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": MEDIA_TYPES.json, Accept: MEDIA_TYPES[form] },
    body: JSON.stringify(query),
    signal: signal ?? null,
  };
}
