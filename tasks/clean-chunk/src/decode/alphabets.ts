/** Which letters beyond ASCII stand together in one language: a wrong encoding mixes those of several. */

/** The letters of languages that legacy encodings were made for, without those of ASCII; Cyrillic ones whole. */
const ALPHABETS: readonly ReadonlySet<string>[] = `
àâæçèéêëîïôœùûüÿ äöüßéà áéíñóúüªº àáâãçéêíóôõúüªº àèéìíîòóùú àçèéíïóòúü· áèéëêïíóöüúû äåéöüà åæøéêèóòô äåöšž áéíóúýþæöðø äõöüšž
āčēģīķļņšūžōŗ ąčęėįšųūž ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţșțé čćđšžž çë çğıöşüâîûi̇ əçğıöşü ċġħżàèéìòù ĉĝĥĵŝŭ
âêîôûŵŷäëïöüáéíóúàèòẁẃ áéíóúàèìòùḃċḋḟġṁṗṡṫ áčđŋšŧžåäöøæ ãáâéêíîóôúû ñçü
àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ
абвгдеёжзийклмнопрстуфхцчшщъыьэюя абвгґдеєжзиіїйклмнопрстуфхцчшщьюя абвгдеёжзійклмнопрстуўфхцчшыьэюя абвгдђежзијклљмнњопрстћуфхцчџш
абвгдѓежзѕијклљмнњопрстќуфхцчџш абвгдежзийклмнопрстуфхцчшщъьюяѝ
`
  .trim()
  .split(/\s+/)
  .map((letters) => new Set(letters));

const LATIN_OR_CYRILLIC = /[\p{Script=Latin}\p{Script=Cyrillic}]/u;

/** How many Latin and Cyrillic letters beyond ASCII are none of the language that has most of them. */
export function strangeLetters(text: string): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const character of text.toLowerCase()) {
    if (character < "\x80" || !LATIN_OR_CYRILLIC.test(character)) continue;
    counts.set(character, (counts.get(character) ?? 0) + 1);
    total++;
  }
  const known = ALPHABETS.map((alphabet) =>
    Array.from(counts).reduce((sum, [letter, count]) => (alphabet.has(letter) ? sum + count : sum), 0),
  );
  return total - Math.max(...known);
}
