/** ISO 3166 codes of the countries whose national or tax numbers are known: what a recipe may list. */
const CODES = "AR AU BE BR CA CH CL CN CZ DE DK ES FI FR GB IN IT KR MX NL NO PL RO SE TR ZA";

export const ID_COUNTRIES: readonly string[] = CODES.split(" ");
