/** Text to hardware addresses: six pairs of hexadecimal digits, or three groups of four as switches print them. */
import type { Candidate, Detector } from "./candidate.js";
import type { Subject } from "./subject.js";
import { ContextWords, textBefore } from "./surroundings.js";

/** All but the first group, because separators are rarer than the letters of words, and so found sooner. */
const TAIL = /([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|\.[0-9a-f]{4}\.[0-9a-f]{4}/gi;
const PAIR = /[0-9a-f]{2}$/i;
const FOUR = /[0-9a-f]{4}$/i;
const GLUED_BEFORE = /(?:[\p{Script=Latin}\p{N}][:.-]?|[\p{L}\p{N}]_+|[:.-])$/u;
const MAC_GLUED = /(?:^|[^\p{L}\p{N}])(?:mac|hw|hwaddr|ether|bssid|lladdr)[:.=-]?$/iu;
const GLUED_AFTER = /^(?:_*[\p{Script=Latin}\p{N}]|[:.-][0-9a-f])/iu;
const LETTER = /[a-f]/i;

const MAC_WORDS = new ContextWords([
  "mac(?:s|[ -]?addr(?:ess(?:es)?)?)?",
  "hw(?:addr|address)?",
  "hardware[ -]addr(?:ess(?:es)?)?",
  "physical addr(?:ess)?",
  "physikalische adresse",
  "ether(?:net)?",
  "link/ether",
  "lladdr",
  "b?ssid",
  "bluetooth",
  "wlan",
  "wi-?fi",
  "(?:network )?adapter",
  "nic",
  "arp",
  "dhcp",
  "router",
  "switch",
  "мак-?адрес\\p{L}*",
  "mac地址",
  "物理地址",
  "macアドレス",
]);

const ADDRESS_OF_A_DEVICE = 0.85;
const WITH_WORD = 0.95;
/** Pairs of decimal digits count hours, editions and scores too. */
const DIGITS_ONLY = 0.3;
const OF_NO_DEVICE = 0.2;

export const macAddress: Detector = { type: "mac_address", find };

function find({ text }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (const { index, 0: tail } of text.matchAll(TAIL)) {
    const head = (tail[0] === "." ? FOUR : PAIR).exec(text.slice(Math.max(0, index - 4), index))?.[0];
    if (head === undefined) continue;
    const written = head + tail;
    const start = index - head.length;
    const end = start + written.length;
    const before = textBefore(text, start);
    if ((GLUED_BEFORE.test(before) && !MAC_GLUED.test(before)) || GLUED_AFTER.test(text.slice(end, end + 3))) continue;
    const use = useOf(written.replaceAll(/[^0-9a-f]/gi, "").toLowerCase());
    if (use !== undefined) found.push({ start, end, score: OF_NO_DEVICE, tags: [use] });
    else found.push({ start, end, score: scoreOf(text, start, end, written) });
  }
  return found;
}

function scoreOf(text: string, start: number, end: number, written: string): number {
  if (MAC_WORDS.isNear(text, start, end)) return WITH_WORD;
  return LETTER.test(written) ? ADDRESS_OF_A_DEVICE : DIGITS_ONLY;
}

/** What an address is for that leads to no one device (IEEE 802, RFC 7042); undefined for that of a device. */
function useOf(digits: string): string | undefined {
  if (/^(?:0{12}|f{12})$/.test(digits)) return "broadcast";
  if (/^0[01]005e0053/.test(digits) || /^01005e90/.test(digits)) return "documentation";
  return Number.parseInt(digits[1]!, 16) % 2 === 1 ? "multicast" : undefined;
}
