/** Inline Markdown: the patterns in the order in which they are looked for, each in the whole text. */
import { codeSpan } from "./code-spans.ts";
import { Emphasis } from "./emphasis.ts";
import { image, imageReference, link, linkReference, shortImageReference, shortReference } from "./links.ts";
import type { Pattern } from "./pattern.ts";
import { address, entity, escaped, lineBreak, mailAddress, tag } from "./raw.ts";

/** What was found out about emphasis is kept between matches, so there is one for each text tree. */
export function inlinePatterns(): readonly Pattern[] {
  return [
    codeSpan,
    escaped,
    linkReference,
    link,
    image,
    imageReference,
    shortReference,
    shortImageReference,
    address,
    mailAddress,
    lineBreak,
    tag,
    entity,
    new Emphasis(),
  ];
}
