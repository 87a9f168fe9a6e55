/** Languages to PostgreSQL's text search configurations: words are stemmed in the chunk's own language, and left as they are in any other. */

/** ISO 639-1 code -> configuration. Every one ships with PostgreSQL 15 and later. */
const TEXT_SEARCH_CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: "arabic",
  ca: "catalan",
  da: "danish",
  de: "german",
  el: "greek",
  en: "english",
  es: "spanish",
  eu: "basque",
  fi: "finnish",
  fr: "french",
  ga: "irish",
  hi: "hindi",
  hu: "hungarian",
  hy: "armenian",
  id: "indonesian",
  it: "italian",
  lt: "lithuanian",
  ne: "nepali",
  nl: "dutch",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sr: "serbian",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
  yi: "yiddish",
};

const cases = Object.entries(TEXT_SEARCH_CONFIGURATIONS).map(([code, name]) => `when '${code}' then '${name}'::regconfig`);

/** What chunk.tsv is generated from. A constant per case, not a regconfig column: those block upgrades to another major version. */
export const TSV_EXPRESSION = `to_tsvector(case language ${cases.join(" ")} else 'simple'::regconfig end, text)`;
