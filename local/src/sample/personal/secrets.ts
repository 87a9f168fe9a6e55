/** Keys and tokens in the forms that their services give out, passwords inside URLs, hardware addresses: all from random bytes, none ever valid. */
import { crc32 } from "node:zlib";
import type { Random } from "../random.js";
import type { Value } from "./value.js";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LETTERS = UPPER + UPPER.toLowerCase();
const ALPHANUMERIC = `0123456789${LETTERS}`;
const BASE64URL = `${ALPHANUMERIC}-_`;

/** GitHub's tokens end in a checksum: crc32 of the random part in base 62. */
function githubToken(prefix: string, random: Random): string {
  const entropy = random.text(ALPHANUMERIC, 30);
  let check = "";
  for (let rest = crc32(entropy); rest > 0; rest = Math.floor(rest / 62)) check = ALPHANUMERIC[rest % 62] + check;
  return `${prefix}_${entropy}${check.padStart(6, "0")}`;
}

function webToken(random: Random): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "HS256", typ: "JWT" }), part({ sub: random.digits(10), iat: 1516239022 }), random.text(BASE64URL, 43)].join(".");
}

function privateKey(random: Random): string {
  const lines = random
    .bytes(470)
    .toString("base64")
    .match(/.{1,64}/g)!;
  const name = "RSA PRIVATE KEY";
  return `-----BEGIN ${name}-----\n${lines.join("\n")}\n-----END ${name}-----`;
}

/** One of each kind. */
export function secrets(random: Random): Value[] {
  return [
    `AKIA${random.text(`${UPPER}234567`, 16)}`,
    githubToken("ghp", random),
    githubToken("gho", random),
    `xoxb-${random.digits(12)}-${random.digits(12)}-${random.text(ALPHANUMERIC, 24)}`,
    `AIza${random.text(BASE64URL, 35)}`,
    `sk_live_${random.text(ALPHANUMERIC, 24)}`,
    `npm_${random.text(ALPHANUMERIC, 36)}`,
    `glpat-${random.text(BASE64URL, 20)}`,
    webToken(random),
    privateKey(random),
  ].map((text) => ({ type: "secret", text }));
}

export function urlsWithCredentials(random: Random): Value[] {
  const password = () => random.text(ALPHANUMERIC, 14);
  return [
    `https://deploy:${password()}@git.example.com/team/project.git`,
    `ftp://anna:${password()}@files.example.org/incoming`,
    `postgres://app:${password()}@db.internal:5432/orders`,
    `redis://:${password()}@cache.internal:6379/0`,
    `amqp://worker:${password()}@10.0.0.12:5672/jobs`,
    `mongodb+srv://reader:${password()}@cluster0.example.net/shop`,
  ].map((text) => ({ type: "url_credentials", text }));
}

export function macAddresses(random: Random): Value[] {
  const pairs = () => Array.from(random.bytes(6), (byte, index) => (index === 0 ? byte & 0xfe : byte).toString(16).padStart(2, "0"));
  return [
    pairs().join(":"),
    pairs().join("-").toUpperCase(),
    pairs().join(":").toUpperCase(),
    pairs()
      .join("")
      .replace(/(....)(?=.)/g, "$1."), // as switches print it
  ].map((text) => ({ type: "mac_address", text }));
}
