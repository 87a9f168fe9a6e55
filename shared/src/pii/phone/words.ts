/** Words that say that a number can be called. */
import { ContextWords } from "../surroundings.js";

const NOUNS = [
  "(?:tele|cell|smart|mobile ?)?phones?",
  "tel",
  "cell(?:ular)?",
  "mobile",
  "mob",
  "fax",
  "sms",
  "whatsapp",
  "hotline",
  "helpline",
  "toll[ -]free",
  "voice ?mail",
  "pager",
  "landline",
  "t[ée]l(?:[ée]phone)?",
  "telefon(?:nummer|o|e)?",
  "tel[eé]fono",
  "telefone",
  "m[oó]vil",
  "celular",
  "cellulare",
  "mobil(?:nummer)?",
  "rufnummer",
  "тел(?:ефон\\p{L}*)?",
  "моб(?:ильн\\p{L}*)?",
  "τηλ(?:[έε]φων\\p{L}*)?",
  "هاتف",
  "جوال",
  "फ़ोन",
  "โทร",
  "电话",
  "電話",
  "手机",
  "手機",
  "携帯",
  "전화",
  "휴대폰",
];

const VERBS = ["call(?:s|ed|ing)?", "dial(?:s|ed|ing)?"];

/** Everyday words, which say so only directly in front of the number: "reach me at ...". */
const LABELS = [
  "message (?:me|us)",
  "signal",
  "telegram",
  "contact",
  "reach(?:ed|able)?",
  "ring",
  "home",
  "office",
  "work",
  "portable",
  "联系",
  "(?:по|пере)?звон\\p{L}*",
  "text(?:s|ed|ing)?(?: me)?",
  "[tmpfch](?=\\s*:)",
  "ph",
  "handy(?:nummer)?",
  "line",
];

/** What a phone number is called; other numbers in its place (cards, social security numbers) are not meant by it. */
export const PHONE_NOUNS = new ContextWords(NOUNS);
/** Near a number they raise its score. */
export const PHONE_WORDS = new ContextWords([...NOUNS, ...VERBS], "request");
/** Directly in front of a number they do so too. */
export const PHONE_LABELS = new ContextWords([...NOUNS, ...VERBS, ...LABELS], "request");
