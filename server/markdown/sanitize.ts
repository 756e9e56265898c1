/**
 * HTML that is safe to show, from any: the elements and attributes that stock TensorBoard lets through
 * (`plugin_util.py`), and every other tag as the text that it is.
 */
import type { IOptions } from "sanitize-html";
import { sanitizeHtml as library } from "./libraries.ts";

const TAGS =
  "ul ol li p pre code blockquote h1 h2 h3 h4 h5 h6 hr br strong em a img table thead tbody td tr th".split(
    " ",
  );

const OPTIONS: IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { a: ["href", "title"], img: ["src", "title", "alt"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesAppliedToAttributes: ["href", "src"],
  nonBooleanAttributes: [], // an empty one stays
  disallowedTagsMode: "escape",
};

/**
 * Where something begins that is no tag of those, such as `<class 'SGD'>` or `<https://x>`: it is text, and shown whole. The
 * library, too, makes text of it, but leaves its attributes out.
 */
const NO_TAG = new RegExp(`<(?!/?(?:${TAGS.join("|")})(?=[\\s/>])|!--)`, "gi");

/** Characters that nobody sees, but for those of line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
const INVISIBLE = /[\x01-\x08\x0b\x0c\x0e-\x1f]/g;

export function sanitizeHtml(html: string): string {
  return library()(html.replace(NO_TAG, "&lt;"), OPTIONS).replaceAll("\0", "").replace(INVISIBLE, "?");
}
