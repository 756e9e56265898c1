/** What a page complains of, without what is not its own doing. */

/** Drawing in software says how slow it is. */
const SOFTWARE = /GL Driver Message/;

/** Said where a test reads the pixels of a picture again and again, which no page does. */
export const READ_BACK = /^Canvas2D: Multiple readback/;

/** @param expected what a test brings about itself */
export function ownComplaints(complaints: readonly string[], expected?: RegExp): string[] {
  return complaints.filter((one) => !SOFTWARE.test(one) && !expected?.test(one));
}
