/** Saved views. */
export function BookmarksPanel() {
  return null;
}
