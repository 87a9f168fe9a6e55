/** The national and tax numbers that are looked for: how each is written, who checks it, what it is called. */
import { createRequire } from "node:module";

export interface IdKind {
  /** ISO 3166 code of the country whose authority gives it out. */
  readonly country: string;
  readonly name: string;
  /** How many characters may stand in front of its first digits; none where this is left out. */
  readonly leads: readonly number[];
  /** Length of its first run of digits. */
  readonly firstRun: readonly number[];
  /** As written, tried at the lead. */
  readonly pattern: RegExp;
  /** What it is called on forms and in letters, as expressions; found in front of it they make it certain. */
  readonly words: readonly string[];
  /** Score where nothing calls it so: what form and check digits say alone. Many numbers pass one check digit, so most are silent then. */
  readonly unlabelled: number;
  /** Library module under stdnum that checks digits, dates and ranges. */
  readonly module: string;
}

const SILENT = 0.2;
const DATE_DMY = String.raw`(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d`;
const DATE_YMD = String.raw`\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;

const HETU = String.raw`${DATE_DMY}[-+A-FU-Y]\d{3}`;
const HETU_WORDS = ["hetu", "henkil[öo]tunnu\\p{L}*", "personbeteckning", "personal identity code"];

type Row = Omit<IdKind, "leads" | "unlabelled"> & Partial<Pick<IdKind, "leads" | "unlabelled">>;

const ROWS: readonly Row[] = [
  {
    country: "ES",
    name: "dni",
    module: "es/dni",
    firstRun: [8],
    pattern: /\d{8}[- ]?[A-HJ-NP-TV-Z]/y,
    words: ["dni", "nif", "documento nacional(?: de identidad)?", "identidad"],
  },
  {
    country: "ES",
    name: "nie",
    module: "es/nie",
    leads: [1, 2],
    firstRun: [7],
    pattern: /[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]/y,
    unlabelled: 0.6,
    words: ["nie", "nif", "extranjer[oa]s?"],
  },
  {
    country: "FR",
    name: "nir",
    module: "fr/nir",
    firstRun: [1, 13, 15],
    pattern: /[12] \d\d (?:0[1-9]|1[0-2]) (?:\d\d|2[AB]) \d{3} \d{3}(?: \d\d)|[12]\d\d(?:0[1-9]|1[0-2])(?:\d\d|2[AB])\d{6} ?\d\d/y,
    unlabelled: 0.6,
    words: ["nir", "nss", "s[ée]cu(?:rit[ée] sociale)?", "insee", "num[ée]ro fiscal"],
  },
  {
    country: "BR",
    name: "cpf",
    module: "br/cpf",
    firstRun: [3],
    pattern: /\d{3}\.\d{3}\.\d{3}-\d\d/y,
    unlabelled: 0.8,
    words: ["cpf", "cadastro de pessoas? f[íi]sicas?"],
  },
  { country: "BR", name: "cpf", module: "br/cpf", firstRun: [11], pattern: /\d{11}/y, words: ["cpf", "cadastro de pessoas? f[íi]sicas?"] },
  {
    country: "NL",
    name: "bsn",
    module: "nl/bsn",
    firstRun: [9],
    pattern: /\d{9}/y,
    words: ["bsn", "burgerservicenummer", "sofi-?nummer", "citizen service number"],
  },
  {
    country: "NL",
    name: "bsn",
    module: "nl/bsn",
    firstRun: [4],
    pattern: /\d{4}[. ]\d\d[. ]\d{3}/y,
    words: ["bsn", "burgerservicenummer", "citizen service number"],
  },
  { country: "PL", name: "pesel", module: "pl/pesel", firstRun: [11], pattern: /\d{11}/y, words: ["pesel\\p{L}*"] },
  {
    country: "CA",
    name: "sin",
    module: "ca/sin",
    firstRun: [3, 9],
    pattern: /\d{3}([ -])\d{3}\1\d{3}|\d{9}/y,
    words: ["sin", "nas", "social insurance(?: number)?", "assurance sociale"],
  },
  {
    country: "FI",
    name: "hetu",
    module: "fi/hetu",
    firstRun: [6],
    pattern: new RegExp(`${HETU}[A-FHJ-NPR-Y]`, "y"),
    unlabelled: 0.7,
    words: HETU_WORDS,
  },
  { country: "FI", name: "hetu", module: "fi/hetu", firstRun: [6], pattern: new RegExp(`${HETU}\\d`, "y"), words: HETU_WORDS },
  {
    country: "SE",
    name: "personnummer",
    module: "se/personnummer",
    firstRun: [6, 8, 10, 12],
    pattern: new RegExp(String.raw`(?:19|20)?${DATE_YMD}[-+]?\d{4}`, "y"),
    words: ["personnummer", "samordningsnummer", "personnr", "pnr"],
  },
  {
    country: "AU",
    name: "tfn",
    module: "au/tfn",
    firstRun: [3, 9],
    pattern: /\d{3}([ -])\d{3}\1\d{3}|\d{9}/y,
    words: ["tfn", "tax file(?: number)?"],
  },
  {
    country: "GB",
    name: "nino",
    module: "gb/nino",
    leads: [2, 3],
    firstRun: [2, 6],
    pattern: /[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]/y,
    words: ["nino", "ni(?= ?(?:number|no))", "national insurance(?: number)?", "nat(?:ional)? ins"],
  },
  {
    country: "IT",
    name: "codice_fiscale",
    module: "it/codicefiscale",
    leads: [6, 7],
    firstRun: [2],
    pattern: /[A-Z]{6} ?\d\d ?[A-EHLMPRST] ?\d\d ?[A-Z] ?\d{3} ?[A-Z]|[A-Z]{3} [A-Z]{3} \d\d[A-EHLMPRST]\d\d [A-Z]\d{3}[A-Z]/y,
    unlabelled: 0.8,
    words: ["cf", "c\\.f\\.", "codice fiscale"],
  },
  {
    country: "DE",
    name: "steuer_id",
    module: "de/idnr",
    firstRun: [2, 11],
    pattern: /\d\d \d{3} \d{3} \d{3}|\d{11}/y,
    words: ["steuer-?id(?:entifikationsnummer|nr)?", "idnr", "steuerliche identifikationsnummer", "tin"],
  },
  {
    country: "CN",
    name: "resident_id",
    module: "cn/ric",
    firstRun: [17, 18],
    pattern: /\d{17}[0-9Xx]/y,
    unlabelled: 0.8,
    words: ["身份证\\p{L}*", "身份證\\p{L}*", "公民身份号码", "resident id\\p{L}*"],
  },
  {
    country: "IN",
    name: "aadhaar",
    module: "in/aadhaar",
    firstRun: [4, 12],
    pattern: /[2-9]\d{3}([ -])\d{4}\1\d{4}|[2-9]\d{11}/y,
    words: ["aadhaa?r(?: card)?", "uidai", "आधार"],
  },
  {
    country: "IN",
    name: "pan",
    module: "in/pan",
    leads: [5],
    firstRun: [4],
    pattern: /[A-Z]{3}[PCFHABTLJG][A-Z]\d{4}[A-Z]/y,
    words: ["pan(?: card)?", "permanent account(?: number)?"],
  },
  {
    country: "KR",
    name: "rrn",
    module: "kr/rrn",
    firstRun: [6],
    pattern: new RegExp(String.raw`${DATE_YMD}-[1-8]\d{6}`, "y"),
    unlabelled: 0.7,
    words: ["주민(?:등록)?번호", "rrn", "resident registration(?: number)?"],
  },
  {
    country: "MX",
    name: "curp",
    module: "mx/curp",
    leads: [4],
    firstRun: [6],
    pattern: /[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d/y,
    unlabelled: 0.8,
    words: ["curp"],
  },
  {
    country: "TR",
    name: "tckn",
    module: "tr/tckimlik",
    firstRun: [11],
    pattern: /[1-9]\d{10}/y,
    words: ["t\\.?c\\.? ?(?:kimlik)?", "tckn", "kimlik\\p{L}*"],
  },
  {
    country: "CL",
    name: "rut",
    module: "cl/rut",
    firstRun: [1, 2],
    pattern: /\d{1,2}\.\d{3}\.\d{3}-[\dKk]/y,
    unlabelled: 0.6,
    words: ["rut", "run"],
  },
  {
    country: "AR",
    name: "cuit",
    module: "ar/cuit",
    firstRun: [2],
    pattern: /(?:2[0347]|3[034])-\d{8}-\d/y,
    unlabelled: 0.6,
    words: ["cuit", "cuil"],
  },
  {
    country: "ZA",
    name: "id_number",
    module: "za/idnr",
    firstRun: [13],
    pattern: new RegExp(String.raw`${DATE_YMD}\d{4}[01]\d{2}`, "y"),
    words: ["sa id", "south african id\\p{L}*", "identity number", "id number"],
  },
  {
    country: "BE",
    name: "national_number",
    module: "be/nn",
    firstRun: [2],
    pattern: /\d\d\.\d\d\.\d\d-\d{3}\.\d\d/y,
    unlabelled: 0.7,
    words: ["rijksregister\\p{L}*", "registre national", "num[ée]ro national", "insz", "niss"],
  },
  {
    country: "NO",
    name: "fodselsnummer",
    module: "no/fodselsnummer",
    firstRun: [6, 11],
    pattern: /\d{6} ?\d{5}/y,
    words: ["f[øo]dselsnummer", "personnummer", "fnr"],
  },
  {
    country: "DK",
    name: "cpr",
    module: "dk/cpr",
    firstRun: [6],
    pattern: new RegExp(String.raw`${DATE_DMY}-\d{4}`, "y"),
    words: ["cpr(?:-?(?:nr|nummer))?", "personnummer"],
  },
  { country: "RO", name: "cnp", module: "ro/cnp", firstRun: [13], pattern: /[1-9]\d{12}/y, words: ["cnp", "cod(?:ul)? numeric personal"] },
  {
    country: "CZ",
    name: "rodne_cislo",
    module: "cz/rc",
    firstRun: [6],
    pattern: /\d{6}\/\d{3,4}/y,
    words: ["rodn[éeé] č[íi]slo", "r\\.č\\.", "rodn[éeé]ho č[íi]sla"],
  },
  {
    country: "CH",
    name: "ahv",
    module: "ch/ssn",
    firstRun: [3],
    pattern: /756\.\d{4}\.\d{4}\.\d\d/y,
    unlabelled: 0.85,
    words: ["ahv(?:-?(?:nr|nummer))?", "avs", "n° avs"],
  },
];

export const ID_KINDS: readonly IdKind[] = ROWS.map((row) => ({ leads: [0], unlabelled: SILENT, ...row }));

interface Checker {
  validate(value: string): { readonly isValid: boolean };
}

const require = createRequire(import.meta.url);
const checkers = new Map<string, Checker>();

/** Are length, date and check digits right? The country's module is read when its first number is met: all of them take a while. */
export function isRightId({ module }: IdKind, written: string): boolean {
  const checker = checkers.get(module) ?? (require(`stdnum/lib/cjs/${module}.js`) as Checker);
  checkers.set(module, checker);
  return checker.validate(written.replaceAll(/[. ]/g, "")).isValid; // not all modules know the separators that people write
}
