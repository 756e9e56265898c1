/** Another tensor or step beside the first. */
export function BesidePanel() {
  return null;
}
