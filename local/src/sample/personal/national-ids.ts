/** National and tax numbers of ten countries with their check digits, made by chance. */
import type { Random } from "../random.js";
import { luhnDigit, remainder, weighted } from "./check-digits.js";
import type { Value } from "./value.js";

const two = (number: number) => String(number).padStart(2, "0");
const three = (number: number) => String(number).padStart(3, "0");
const birthDay = (random: Random) => [two(random.between(50, 99)), two(random.between(1, 12)), two(random.between(1, 28))] as const;

/** Spain: the letter is the number modulo 23. */
function dni(random: Random): string {
  const digits = random.digits(8);
  return digits + "TRWAGMYFPDXBNJZSQVHLCKE"[remainder(digits, 23)];
}

/** France: sex, year, month, department, commune, order, and 97 less the remainder. */
function nir(random: Random): string {
  const [year, month] = birthDay(random);
  const place = `${two(random.between(21, 95))}${three(random.between(1, 900))}`; // departments 2A and 2B would need letters
  const number = `${random.between(1, 2)}${year}${month}${place}${three(random.between(1, 999))}`;
  return `${number}${two(97 - remainder(number, 97))}`.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, "$1 $2 $3 $4 $5 $6 $7");
}

/** Brazil: two check digits modulo 11. */
function cpf(random: Random): string {
  const check = (digits: string, from: number) => {
    const rest =
      weighted(
        digits,
        Array.from(digits, (_, index) => from - index),
      ) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const base = random.digits(9);
  const first = `${base}${check(base, 10)}`;
  return `${first}${check(first, 11)}`.replace(/^(...)(...)(...)(..)$/, "$1.$2.$3-$4");
}

/** Netherlands: nine digits whose weighted sum is divisible by 11. */
function bsn(random: Random): string {
  for (;;) {
    const digits = `${random.between(1, 9)}${random.digits(8)}`;
    if (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0) return digits;
  }
}

/** Poland: date of birth, order, check digit. */
function pesel(random: Random): string {
  const digits = birthDay(random).join("") + random.digits(4);
  return digits + String((10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
}

/** Canada: Luhn over nine digits. */
function sin(random: Random): string {
  const payload = `${random.between(1, 7)}${random.digits(7)}`;
  return `${payload}${luhnDigit(payload)}`.replace(/(...)(?=.)/g, "$1 ");
}

/** Finland: date of birth, order, and a letter modulo 31. */
function hetu(random: Random): string {
  const [year, month, day] = birthDay(random);
  const order = three(random.between(2, 899));
  return `${day}${month}${year}-${order}${"0123456789ABCDEFHJKLMNPRSTUVWXY"[remainder(`${day}${month}${year}${order}`, 31)]}`;
}

/** Sweden: Luhn over date of birth and order. */
function personnummer(random: Random): string {
  const date = birthDay(random).join("");
  const order = random.digits(3);
  return `${date}-${order}${luhnDigit(date + order)}`;
}

/** Australia: nine digits whose weighted sum is divisible by 11. */
function tfn(random: Random): string {
  for (;;) {
    const digits = `${random.between(1, 9)}${random.digits(8)}`;
    if (weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0) return digits.replace(/(...)(?=.)/g, "$1 ");
  }
}

/** United Kingdom: no check digit, but letters and pairs (BG, GB, KN ...) that are never given out. */
function nino(random: Random): string {
  const prefix = random.text("ABCEGHJKLMPRSTWXY", 1) + random.text("ACEHJLMPRSWXY", 1);
  return `${prefix} ${random.digits(2)} ${random.digits(2)} ${random.digits(2)} ${random.text("ABCD", 1)}`;
}

const KINDS: readonly { readonly called: string; readonly make: (random: Random) => string }[] = [
  { called: "Spanish DNI", make: dni },
  { called: "French social security number (NIR)", make: nir },
  { called: "Brazilian CPF", make: cpf },
  { called: "Dutch citizen service number (BSN)", make: bsn },
  { called: "Polish PESEL", make: pesel },
  { called: "Canadian social insurance number (SIN)", make: sin },
  { called: "Finnish personal identity code (henkilötunnus)", make: hetu },
  { called: "Swedish personnummer", make: personnummer },
  { called: "Australian tax file number (TFN)", make: tfn },
  { called: "UK National Insurance number", make: nino },
];

/** One of each country, with the words that stand before it on a form. */
export function nationalIds(random: Random): (Value & { readonly called: string })[] {
  return KINDS.map(({ called, make }) => ({ type: "national_id", text: make(random), called }));
}
