/** How much of a text is made of letter pairs that hardly any language has: what hands that run over a keyboard leave, and no writer. */

/**
 * After each letter those that follow it in fewer than 24 of the 405 translations of the Universal Declaration in Latin script more often
 * than once in two thousand pairs: random letters have 40 per cent of such pairs, the translations 2, English prose less than 1.
 */
const RARE_AFTER: Readonly<Record<string, string>> = {
  b: "cdfghjkmnpqstvxz",
  c: "bdfgjkmnpqsvwxyz",
  d: "bcfgkmpqtvx",
  f: "bcdghjklmnpqsvxyz",
  g: "cfjmpqvxz",
  h: "bcdfghjpqvxz",
  j: "bcdfghjklmpqrsvwxyz",
  k: "bcdfgjqvxz",
  l: "cfjrxz",
  m: "cghjqrvxz",
  p: "bcdfgjkmnqvxyz",
  q: "bcdfghjklmnpqrstvwxyz",
  r: "qxz",
  s: "bdgjqrxz",
  t: "bcdfgpqvxz",
  v: "bcdfghjkmnpqstvwxyz",
  w: "bcdfghjkmnpqrstvwxyz",
  x: "bcdfghjklmnpqrsvwxyz",
  y: "bcfghjpqvwxyz",
  z: "bcdfghjklmnpqrstvxyz",
  // in fewer than 3 of the 35 in Cyrillic script
  а: "ъыьэ",
  б: "бдйкмптфцчшью",
  в: "бвгжзймпфхцшщъьюя",
  г: "бвгжзйкмпсфхцчшщьюя",
  д: "бгйкмптфхцчшщъ",
  е: "ифщъыьэю",
  ж: "вгжзйкмпрстфхцчшщъэюя",
  з: "жзйкпстфхцчшщъюя",
  и: "ъыью",
  й: "вежйкофхцчшщъьюя",
  к: "бгжзймнпфхцчшщьюя",
  л: "вйрфцшщъ",
  м: "вжзйпфхцшщъю",
  н: "вжйкпрфщъ",
  о: "ащъыьэ",
  п: "бвгджзймнфхцщъьюя",
  р: "йпфцщъью",
  с: "бжзймфхцчшщъю",
  т: "жзйфцшщъю",
  у: "фцъьэя",
  ф: "бвгджзйклмнпрсуфхцчшщъьэюя",
  х: "бвгджзйкнпрфцчшщюя",
  ц: "бвгджзйклмнопрстфхцчшщъьэюя",
  ч: "бвгджзймпстфхцшщъьюя",
  ш: "бвжзйнпрфхцчшщъьэюя",
  щ: "бвгджзйклмнопрстуфхцчшщъыьэюя",
  ъ: "бвгджйкнпрстфцчшщъьэюя",
  ы: "ажиоцщъьэю",
  ь: "бвгдежзйлмпруфхцчшщъью",
  э: "аиофцщъыьюя",
  ю: "абвгежзийклмнопстуфхцшщъыьэюя",
  я: "абежопуфцчщъыьэюя",
};

const LATIN_A = 0x61;
const CYRILLIC_A = 0x430;
const CYRILLIC_LETTERS = 32;
/** Small letters from a to z, then those from а to я, as numbers; OTHER for everything else. */
const LATIN_LETTERS = 26;
const LETTERS = LATIN_LETTERS + CYRILLIC_LETTERS;
const OTHER = -1;
const BEYOND_LATIN = 0x250;
/** A letter's number by its code unit: a look into a table, because every document passes through the loop. */
const LETTER_OF = Int8Array.from({ length: CYRILLIC_A + CYRILLIC_LETTERS }, (_, code) => letterOf(code));
const IS_RARE = rareTable();

const SAMPLE = 2048; // characters in the middle; to read all of every text would take a tenth of what judging takes
const CLEAR_SHARE = 0.15; // a sample below it settles the matter
const MOST_READ = 65_536;
const FEWEST_PAIRS = 30;
const FREE_PAIRS = 3; // a name, an abbreviation and a slip of the hand in a short note

/**
 * Share of rare pairs among the pairs of small letters from a to z and from а to я (and whatever else is not Latin), 0 to 1; null where
 * there are too few to tell. Capitals are left out, because abbreviations are written with them; so are letters with marks, which end a pair.
 */
export function rarePairShare(text: string): number | null {
  const middle = Math.max(0, (text.length - SAMPLE) >> 1);
  const sampled = shareWithin(text, middle, Math.min(text.length, middle + SAMPLE));
  const isSettled = text.length <= SAMPLE || (sampled !== null && sampled < CLEAR_SHARE);
  return isSettled ? sampled : shareWithin(text, 0, Math.min(text.length, MOST_READ));
}

function shareWithin(text: string, start: number, end: number): number | null {
  let pairs = 0;
  let rare = 0;
  let others = 0;
  let previous = OTHER;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const letter = code < LETTER_OF.length ? LETTER_OF[code]! : OTHER;
    if (letter === OTHER) {
      if (code >= BEYOND_LATIN) others++;
      previous = OTHER;
      continue;
    }
    if (previous !== OTHER) {
      pairs++;
      rare += IS_RARE[previous * LETTERS + letter]!;
    }
    previous = letter;
  }
  return pairs < FEWEST_PAIRS ? null : Math.max(0, rare - FREE_PAIRS) / (pairs + others);
}

function letterOf(code: number): number {
  if (code >= LATIN_A && code < LATIN_A + LATIN_LETTERS) return code - LATIN_A;
  return code >= CYRILLIC_A && code < CYRILLIC_A + CYRILLIC_LETTERS ? code - CYRILLIC_A + LATIN_LETTERS : OTHER;
}

function rareTable(): Uint8Array {
  const table = new Uint8Array(LETTERS * LETTERS);
  for (const [first, seconds] of Object.entries(RARE_AFTER))
    for (const second of seconds) table[letterOf(first.charCodeAt(0)) * LETTERS + letterOf(second.charCodeAt(0))] = 1;
  return table;
}
