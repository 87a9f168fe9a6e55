/** The elements of HTML, by what they do to the text around them. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Content that is no text of the page: scripts, menus, forms, pictures, readings of characters. */
export const DROPPED = words(
  "script style head title noscript template nav svg iframe object select button noframes noembed rt rp annotation audio video canvas datalist",
);

/** Of those, what takes no room on the page: the words beside it may be one. */
export const UNSEEN = words("script style template noscript rt rp annotation");

/** An empty line stands before and after. */
export const PARAGRAPHS = words(
  "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre listing xmp hr figure article section aside main header footer fieldset details form center",
);

/** Start and end on a line of their own. */
export const LINES = words(
  "div li dt dd tr caption thead tbody tfoot address figcaption legend summary option optgroup body html dir menu textarea",
);

/** Stand beside each other in a table's row. */
export const CELLS = words("td th");

/** White space in them is meant. */
export const PREFORMATTED = words("pre listing xmp plaintext textarea");

const INLINE = words(
  "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label map area mark meter nobr output progress q ruby rb s samp small span strike strong sub sup time tt u var wbr" +
    " input link meta base basefont frame frameset param source track embed applet col colgroup marquee blink math mi mn mo mrow msup msub mfrac picture plaintext",
);

const KNOWN: ReadonlySet<string> = new Set([...DROPPED, ...PARAGRAPHS, ...LINES, ...CELLS, ...INLINE]);
/** Elements of other vocabularies that word processors put into pages, and custom ones. */
const PREFIXED = /^[a-z][a-z0-9]*(?:[:-][a-z0-9]+)+$/;

/** Whether a tag of this name (lower case) is markup; `<int>` or `<x@y.zz>` is text. */
export function isElement(name: string): boolean {
  return KNOWN.has(name) || PREFIXED.test(name);
}

/** Blocks that hold no text, or text in Markdown. */
const OPEN = words("hr details summary");

/** Whether line feeds inside the element are spaces, as in all of a page; around such elements Markdown may stand. */
export function isContainer(name: string): boolean {
  return (PARAGRAPHS.has(name) || LINES.has(name) || CELLS.has(name)) && !OPEN.has(name);
}

/** Whether the element breaks the line. */
export function isBlock(name: string): boolean {
  return PARAGRAPHS.has(name) || LINES.has(name) || CELLS.has(name) || name === "br";
}
