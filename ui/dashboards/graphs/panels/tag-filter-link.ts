/** The address of a dashboard that shows one tag. */
import { formatFragment } from "../../../app/url-fields.ts";

export function nameFilterLink(dashboard: string, tag: string): string {
  const escaped = tag.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return formatFragment({ dashboard, params: new Map([["tag_filter", `^${escaped}$`]]) });
}
