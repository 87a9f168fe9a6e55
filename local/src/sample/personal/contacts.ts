/** E-mail addresses, telephone numbers and network addresses that belong to no person: reserved names, numbers set aside for fiction, public services. */
import type { Random } from "../random.js";
import type { Value } from "./value.js";

const GIVEN = ["anna", "boris", "chen", "dolores", "emeka", "farah", "george", "hiroko", "ivan", "jana", "kofi", "lena"];
const FAMILY = ["abara", "berger", "costa", "dubois", "eriksen", "fuentes", "gupta", "hansen", "ito", "jones", "kowalski", "lopez"];
const DOMAINS = ["example.com", "example.org", "example.net", "mail.example.com", "post.eu.example.org"]; // RFC 2606
const JOINERS = [".", "_", "-", ""];

export function email(random: Random): Value {
  const local = `${random.pick(GIVEN)}${random.pick(JOINERS)}${random.pick(FAMILY)}`;
  const tail = random.pick(["", "", "+news", `${random.between(2, 99)}`]);
  return { type: "email", text: `${local}${tail}@${random.pick(DOMAINS)}` };
}

/** Addresses with something odd about them that are addresses all the same. */
export const ODD_EMAILS: readonly Value[] = [
  "Anna.Berger@Example.COM",
  "o'neill.j@example.org",
  "a@example.net",
  "first.middle.last.and-more@sub-domain.mail.example.com",
  "sales%eu@example.org",
  "__reply__@example.com",
  "user.1234567890@example.net",
  "x-1.y_2@example.org",
].map((text) => ({ type: "email", text }));

/** Patterns with # for a digit, in ranges that regulators keep for films and examples. */
const INTERNATIONAL = [
  "+1 202-555-01##",
  "+1 (415) 555-01##",
  "+1.312.555.01##",
  "+44 20 7946 0###",
  "+44 (0)20 7946 0###",
  "+442079460###",
  "+49 30 23125 ###",
  "+49 (89) 99998-###",
  "+61 2 5550 ####",
  "+61 491 570 156",
  "+46 31 390 06 ##",
  "+46701740605",
];
const UNITED_STATES = ["(202) 555-01##", "202-555-01##", "(415) 555 01##", "312.555.01##", "1-800-555-01##"];

const digitsIn = (pattern: string, random: Random) => pattern.replace(/#/g, () => random.digits(1));

export function phone(random: Random): Value {
  return { type: "phone", text: digitsIn(random.pick([...INTERNATIONAL, ...UNITED_STATES]), random) };
}

/** Each way of writing a number once. */
export function allPhones(random: Random): Value[] {
  return [...INTERNATIONAL, ...UNITED_STATES].map((pattern) => ({ type: "phone", text: digitsIn(pattern, random) }));
}

/** Resolvers and root servers: public, and of no household. */
const ADDRESSES = [
  "8.8.8.8",
  "8.8.4.4",
  "1.1.1.1",
  "9.9.9.9",
  "208.67.222.222",
  "149.112.112.112",
  "198.41.0.4",
  "193.0.14.129",
  "199.7.83.42",
  "202.12.27.33",
  "2001:4860:4860::8888",
  "2606:4700:4700::1111",
  "2620:fe::fe",
  "2001:500:2f::f",
  "2001:dc3::35",
  "2001:0503:ba3e:0000:0000:0000:0002:0030",
];

export function ipAddress(random: Random): Value {
  return { type: "ip_address", text: random.pick(ADDRESSES) };
}

export function allIpAddresses(): Value[] {
  return ADDRESSES.map((text) => ({ type: "ip_address", text }));
}
