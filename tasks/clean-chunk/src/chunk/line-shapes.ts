/** Tells headings, items, fields and rules by the first units of a line. */

/** A line of more units is no heading. */
export const LONGEST_HEADING = 80;

const MARKED_HEADING = /^#{1,6}\s/;
const HEADING_WORDS =
  "chapter|part|book|section|article|act|scene|canto|volume|appendix|prologue|epilogue|preface|introduction|conclusion|" +
  "chapitre|kapitel|cap[ií]tulo|capitolo|глава|раздел";
const NUMBER_WORDS =
  "(?:the )?(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:thir|four|fif|six|seven|eigh|nine)teen|one|two|three|four|five|six|" +
  "seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)";
/** A number follows, or nothing: "Part of me wanted to go" names no part, and "Act now!" no act. */
const NAMED_HEADING = new RegExp(`^(?:${HEADING_WORDS})(?:[\\s.:]*|\\s+(?:[\\p{N}#]|[ivxlc]+\\b|[b-hj-z]\\b|${NUMBER_WORDS}\\b).*)$`, "iu");
const NUMERAL_HEADING = /^(?:第.{1,8}[章節节回条條部編编].*|[IVXLC]{1,7}\.?)$/u;
const NUMBERED_HEADING = /^\d+(?:\.\d+)*\.?\s+\p{Lu}.*[^.!?,;:]$/u;
/** One or two words and a number in any language: "Tetten 13.", "المادة 1", "Điều 5:". */
const COUNTED_HEADING = /^[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]*(?: [\p{L}\p{M}'’-]+)? (?:\p{N}{1,3}|[IVXLC]{1,7})[.:]?$/u;
const ITEM = /^(?:[-*+•‣▪–—·]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)/i;
const FIELD = /^[A-Za-z][A-Za-z0-9-]{0,30}:\s/;
const UNDERLINE = /^(?:=+|-{3,})$/;
/** Below the names of a table's columns. */
const TABLE_RULE = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;
/** Above the name and address that a mail ends with. */
const SIGNATURE_MARK = "--";
const FENCE = /^(?:`{3,}[^`]*|~{3,}.*)$/;
const RULE = /^(?:[-*_=~#]\s?){3,}$/;

/** A heading of Markdown: "## Results". */
export const isMarkedHeading = (head: string): boolean => head.charCodeAt(0) === 0x23 && MARKED_HEADING.test(head);

/** A line that stands alone and names what follows: "Chapter 3", "IV.", "2.1 Methods". */
export const isHeading = (head: string): boolean =>
  isMarkedHeading(head) ||
  (head.length <= LONGEST_HEADING &&
    [NAMED_HEADING, NUMERAL_HEADING, NUMBERED_HEADING, COUNTED_HEADING].some((heading) => heading.test(head)));

/** An item of a list, a field of a header, a rule across the page: they begin lines, so the line above ended on purpose. */
export const isItem = (head: string): boolean => ITEM.test(head) || FIELD.test(head) || RULE.test(head);

export const isRule = (head: string): boolean => RULE.test(head);

export const isTableRule = (head: string): boolean => {
  const first = head.charCodeAt(0);
  return (first === 0x7c || first === 0x3a || first === 0x2d) && TABLE_RULE.test(head);
};

export const isSignatureMark = (head: string): boolean => head.trimEnd() === SIGNATURE_MARK;

/** The line that opens or closes a block of code in Markdown. */
export const isFence = (head: string): boolean => FENCE.test(head);

export const isUnderline = (head: string): boolean => {
  const first = head.charCodeAt(0);
  return (first === 0x3d || first === 0x2d) && UNDERLINE.test(head);
};
