/** Which signs of East Asia writers use every day: the first levels of the national standards, and kana. */
import iconv from "iconv-lite";

/** Rows of the standards' first levels, which hold the commonest ideographs: GB 2312, Big5 and JIS X 0208. */
const FIRST_LEVELS: readonly (readonly [encoding: string, first: number, last: number, trails: readonly (readonly [number, number])[]])[] =
  [
    ["gbk", 0xb0, 0xd7, [[0xa1, 0xfe]]],
    [
      "big5",
      0xa4,
      0xc6,
      [
        [0x40, 0x7e],
        [0xa1, 0xfe],
      ],
    ],
    ["euc-jp", 0xb0, 0xcf, [[0xa1, 0xfe]]],
    ["euc-kr", 0xb0, 0xc8, [[0xa1, 0xfe]]],
  ];
/** Kana, signs of the ideographic and full-width blocks, ASCII. */
const SIGNS = /[\x20-\x7e\n\r\u2014\u2018-\u201d\u2026\u3000-\u30ff\uff01-\uff5e]/;

let common: ReadonlySet<string> | undefined; // six thousand of them, made when first asked for

/** Share of a text's characters that are common in Chinese or Japanese, 0 to 1. */
export function commonShare(text: string): number {
  common ??= new Set(FIRST_LEVELS.flatMap(ideographsOf));
  let count = 0;
  let all = 0;
  for (const character of text) {
    all++;
    if (common.has(character) || SIGNS.test(character)) count++;
  }
  return all === 0 ? 0 : count / all;
}

function ideographsOf([encoding, first, last, trails]: (typeof FIRST_LEVELS)[number]): string[] {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++)
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
  return [...iconv.decode(Buffer.from(bytes), encoding)].filter((character) => /[\p{Script=Han}\p{Script=Hangul}]/u.test(character));
}
