/** Where the model of languages lies: beside this module, where `npm run build` puts it. Spelt out, so that the code version finds the file. */
export const LANGUAGE_TABLE = new URL("./languages.bin", import.meta.url);
