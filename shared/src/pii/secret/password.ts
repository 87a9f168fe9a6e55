/** Text to passwords that a label names: password=hunter2, Passwort: gH7kL9mN, "the password is S3cr3t". */

/** Parts of labels, one of which a text must hold before it is searched: most hold none, and this look costs next to nothing. */
const STEM = /[Pp]assw|PASSW|[Pp]assphrase|pwd|PWD|[Kk]ennwort|[Mm]ot de passe|ontraseña|[Ss]enha|achtwoord|asło|арол|密码|パスワード/;
const LABEL = String.raw`(?<![\p{L}\p{N}])(?:[\p{L}\p{N}]{1,24}[_-])?(?:pass(?:word|wd|phrase)|pwd|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|пароль|密码|パスワード)`;
const ASSIGNED = new RegExp(String.raw`${LABEL}["'\]]{0,2}(?: ?(?:=>|[:=：])| (?:is|ist|est|es)(?=:? )(?::)?) ?["'\x60]?`, "giu");
/** What a value may hold; code goes on with brackets, and a placeholder begins with a sign of its own. */
const VALUE = /(?![$%{<*])[^\s"'`<>,;(){}[\]|\\]{6,64}(?![\p{L}\p{N}([{])/uy;
const SENTENCE_END = /[.!?:]+$/;
const QUOTE = /["'`]/;
const LEAST_LENGTH = 6;
const HAS_ALL = [/\p{L}/u, /\d/];
/** Published in manuals, a name in a program, an address, a hash that a table keeps, a date or a count. */
const NO_PASSWORD =
  /example|your|changeme|placeholder|dummy|secret\d?$|^(?:pass(?:word)?|abc|test|foo|bar|user|admin|string|version|utf-?)\d+$|^[\p{L}_]\w*(?:\.[\p{L}_]\w*)+$|^\d[\d.:/-]*\p{L}{0,3}$|\/\/|@.*\.|\.\.|^\d+-?\p{L}+$|&#x?\d+$|=/iu;

export function passwords(text: string): { readonly start: number; readonly end: number }[] {
  if (!STEM.test(text)) return [];
  const found: { start: number; end: number }[] = [];
  for (const { index, 0: label } of text.matchAll(ASSIGNED)) {
    const start = index + label.length;
    VALUE.lastIndex = start;
    const written = VALUE.exec(text)?.[0] ?? "";
    const value = QUOTE.test(text[start + written.length] ?? "") ? written : written.replace(SENTENCE_END, "");
    if (isPassword(value)) found.push({ start, end: start + value.length });
  }
  return found;
}

const isPassword = (value: string): boolean =>
  value.length >= LEAST_LENGTH && HAS_ALL.every((pattern) => pattern.test(value)) && !NO_PASSWORD.test(value);
