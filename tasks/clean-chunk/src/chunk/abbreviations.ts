/** Words before a full stop that tell whether it ends the sentence, lower-case and without their last stop. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** A name or a further word always follows. */
export const TITLES = words(`
  mr mrs ms mx dr prof rev fr hon gov gen col maj capt cmdr lt sgt cpl pvt adm sen rep reps pres supt st ste mt ft messrs mme mlle mlles mm
  hr frl herr ing dipl sra srta dna dott sig sigra on ph vs viz cf approx ca e.g i.e z.b d.h p.ex bzw ggf vgl evtl inkl exkl bspw sog
  jan feb mar apr jun jul aug sept oct nov dec mon tue tues wed thu thur thurs fri sat sun al resp incl excl г им ул тов гр проф акад`);

/** Those of them that are whole words or units too where they are written small. */
export const WORDS_WHEN_SMALL = words(`on sun sat mon wed mar ms mm ft`);

/** Short for something that a number follows: No. 5, pp. 12, Art. 3. */
export const BEFORE_NUMBERS = words(`
  est no nos nr núm num art arts p pp pg pág págs s ss sec secs ch chap fig figs vol vols v vv ed eds eq par para pars abs ziff bd kap tab tel
  op cap app ex n т стр рис гл п ст`);

/** Words that often begin an English sentence: they tell that "U.S." or "a.m." before them ended one. */
export const STARTERS = words(`
  the a an this that these those it he she they we i you his her their our its my your there here in on at by for from as after before
  when while if although though but and or so yet however also both all no not what who why how where since until during
  then once many most some such each every one two let with to under over between among first second finally`);

/** Abbreviations that a sentence may end with, or go on behind: the next letter's case tells. */
export const MID_SENTENCE = words(`
  etc misc dept assn bros inc ltd co corp jr sr min max hrs temp ref refs std orig avg intl govt univ lbs est usu esp fem masc sing plur
  ave blvd rd cont abbr adj adv conj prep syn trans ibid op usw ff bzgl`);

const SHAPES = new Uint8Array(1 << 14);

/** A word's length and its first and last letter, whose case does not matter: 14 bits. */
const shapeOf = (length: number, first: number, last: number): number => ((length & 15) << 10) | ((first & 31) << 5) | (last & 31);

for (const word of [...TITLES, ...BEFORE_NUMBERS]) SHAPES[shapeOf(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1))] = 1;

/** Whether a title, or a word before a number, has that length and those letters at its ends: most words are told from them by this alone. */
export const hasListedShape = (length: number, first: number, last: number): boolean => SHAPES[shapeOf(length, first, last)] === 1;
