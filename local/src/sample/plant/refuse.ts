/** Files that hold nothing to learn from: each must be dropped, for one of the reasons named. */
import { passage } from "../phrases.js";
import { dropped, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

const EMPTY = ["", " ", "\n\n\n\n", " \t \r\n\t\r\n", "\ufeff", "\u200b\u200b\n\u00ad", "\u0000", "\u3000\u2003\n\u00a0"];
const SHORT = ["Yes.", "Hello, world", "See above.", "TODO", "Page 12", "はい。", "Спасибо!", "x", "404 Not Found", "No comment was made."];

const SYMBOLS = "!#$%&()*+,-./:;=?@[]^_{|}~§¶†‡•";
const BOXES = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝░▒▓█";

function soups(): string[] {
  const random = randomOf("soup");
  const lines = (make: () => string) => `${Array.from({ length: 60 }, make).join("\n")}\n`;
  return [
    lines(() => random.text(SYMBOLS, 70)),
    lines(() => random.text(BOXES, 70)),
    lines(() => `${random.text(`${SYMBOLS}      `, 50)} ${random.text("abc", 2)}`),
    lines(() => Array.from({ length: 12 }, () => random.digits(random.between(2, 6))).join("  ")),
    lines(() => `${random.digits(4)} | ${random.digits(3)}.${random.digits(2)} | ${random.text("+-", 3)} |`),
    lines(() => random.bytes(45).toString("base64")),
    lines(() => random.bytes(36).toString("hex")),
    lines(() => Array.from({ length: 9 }, () => random.pick(["😀", "🔥", "👍🏽", "🎉", "❤️", "🚀"])).join(" ")),
  ];
}

/** Hands that ran over a keyboard, and letters drawn at random. */
function gibberish(): string[] {
  const random = randomOf("gibberish");
  const words = (keys: readonly string[]) =>
    `${Array.from({ length: 120 }, () => random.text(random.pick(keys), random.between(3, 11))).join(" ")}.\n`;
  return [
    words(["asdfghjkl"]),
    words(["qwertyuiop", "asdfghjkl", "zxcvbnm"]),
    words(["qwertzuiop", "yxcvbnm", "asdfjklö"]),
    words(["abcdefghijklmnopqrstuvwxyz"]),
    words(["bcdfghjklmnpqrstvwxz"]),
    words(["абвгдежзийклмнопрстуфхцчшщъыьэюя"]),
  ];
}

function repetitions(): string[] {
  const random = randomOf("repetition");
  const [paragraph, line] = [passage(random, 3), passage(random, 1)];
  return [
    `${paragraph}\n\n`.repeat(40),
    `${line}\n`.repeat(120),
    "buy now ".repeat(800),
    `${"All work and no play makes Jack a dull boy.\n".repeat(200)}`,
    `${"これは同じ文です。".repeat(300)}\n`,
    `${"то же самое и опять ".repeat(300)}\n`,
    "ha".repeat(4000),
    `${passage(random, 2)}\n\n${"Error: connection refused, retrying in five seconds.\n".repeat(150)}`,
  ];
}

/** Menus, banners and fillers around nothing. */
const FURNITURE: readonly (readonly string[])[] = [
  ["Home", "About us", "Products", "Services", "Blog", "Careers", "Contact us", "Search", "Log in", "Sign up", "Shopping cart"],
  ["This website uses cookies to improve your experience.", "Accept all cookies", "Manage cookies", "Privacy policy", "Cookie settings"],
  ["Please enable JavaScript to run this app.", "Your browser does not support this page.", "Skip to content", "Back to top"],
  ["Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.", "Ut enim ad minim veniam.", "Read more"],
  ["Startseite", "Über uns", "Kontakt", "Impressum", "Datenschutz", "AGB", "Anmelden", "Diese Seite verwendet Cookies.", "Warenkorb"],
  ["Accueil", "À propos", "Mentions légales", "Connexion", "Panier", "Tous droits réservés", "Ce site utilise des cookies."],
  ["Inicio", "Contacto", "Aviso legal", "Política de privacidad", "Iniciar sesión", "Todos los derechos reservados"],
  ["Главная", "О нас", "Контакты", "Войти", "Корзина", "Поиск", "Все права защищены", "Сайт использует файлы cookie."],
];

function furniture(own: readonly string[]): string {
  return `${[...own, "Share", "Tweet", "Facebook", "Newsletter", "Privacy", "Terms of use", "Sitemap", "All rights reserved"].join("\n")}\n`;
}

/** The first bytes of formats that turn up under .txt names; what follows is noise. */
const FORMATS: readonly (readonly [name: string, start: Buffer])[] = [
  ["png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
  ["jpeg", Buffer.from("ffd8ffe000104a46494600010101", "hex")],
  ["gif", Buffer.from("474946383961400040008000", "hex")],
  ["zip", Buffer.from("504b0304140000000800", "hex")],
  ["gzip", Buffer.from("1f8b0800000000000003", "hex")],
  ["elf", Buffer.from("7f454c4602010100000000000000000003003e00", "hex")],
  ["pdf", Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Length 9000 /Filter /FlateDecode >>\nstream\n", "latin1")],
  ["sqlite", Buffer.from("SQLite format 3\u0000\u0010\u0000\u0001\u0001")],
  ["class", Buffer.from("cafebabe0000003d001d0a0006000f", "hex")],
  ["noise", Buffer.alloc(0)],
];

/** Marked as one encoding, and broken so often in it that nothing can be read between. */
function undecodable(): Buffer[] {
  const random = randomOf("undecodable");
  const prose = Buffer.from(passage(random, 40));
  const holes = (every: number) => Buffer.from(prose.toString().replace(new RegExp(`(.{${every}}).`, "gs"), "$1\ufffd"));
  const stray = (source: Random) => Buffer.from(prose.map((byte) => (source.below(8) === 0 ? 0xf8 + source.below(8) : byte)));
  return [
    holes(9),
    holes(20),
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), stray(random)]),
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(random.bytes(6000).map((byte, index) => (index % 2 ? 0xd8 + (byte & 7) : byte))),
    ]),
    Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), random.bytes(6000)]),
  ];
}

/** Everything that must be dropped, under refuse/. */
export function plantRefuse(): Planted[] {
  const noise = randomOf("binary");
  const files = (name: string, contents: readonly (string | Buffer)[], expected: ReturnType<typeof dropped>) =>
    contents.map((content, index) => plant(`refuse/${numbered(name, index)}`, content, expected));
  return [
    ...files("empty", EMPTY, dropped("empty", "empty", "binary")),
    ...files("short", SHORT, dropped("too_short", "too_short", "empty")),
    ...files("soup", soups(), dropped("symbol_soup", "symbol_heavy", "low_letters", "empty", "too_short", "over_cleaned", "repetitive")),
    ...files("gibberish", gibberish(), dropped("gibberish", "gibberish", "repetitive")),
    ...files("repetition", repetitions(), dropped("repetition", "repetitive", "low_letters")),
    ...files("furniture", FURNITURE.map(furniture), dropped("boilerplate", "boilerplate")),
    ...FORMATS.map(([name, start]) =>
      plant(`refuse/binary-${name}.txt`, Buffer.concat([start, noise.bytes(8192)]), dropped("binary", "binary", "undecodable")),
    ),
    ...files("undecodable", undecodable(), dropped("undecodable", "undecodable", "binary")),
  ];
}
