import { type DocumentFacts, judge } from "@pipeline/clean-chunk/judge/judge";
import { loadRecipe, parseRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { translation } from "../../support/udhr.js";

const recipe = loadRecipe("default");
const english = translation("eng").text;
const factsOf = (text: string, more: Partial<DocumentFacts> = {}): DocumentFacts => ({
  text,
  encoding: null,
  binary: null,
  cleaning: null,
  ...more,
});
const judged = (text: string, more?: Partial<DocumentFacts>) => judge(factsOf(text, more), recipe.judge);
const reasonOf = (text: string, more?: Partial<DocumentFacts>) => {
  const { verdict } = judged(text, more);
  return verdict.kind === "drop" ? verdict.reason : "kept";
};
const table = Array.from({ length: 60 }, (_, row) => `${1960 + row} ${(row * 7.31).toFixed(2)} ${row * 331} total`).join("\n");
const cleaning = { html: false, code: false, steps: {} };

/** Letters that no two calls order alike: base64 of a simple congruential generator. */
function base64(bytes: number): string {
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  };
  return Buffer.from(Array.from({ length: bytes }, () => next() & 255))
    .toString("base64")
    .replace(/.{76}/g, "$&\n");
}

describe("judge(facts, settings): what is dropped, and why", () => {
  const dropped: [reason: string, what: string, text: string, facts?: Partial<DocumentFacts>][] = [
    ["empty", "nothing", ""],
    ["empty", "white space", " \n\t\n"],
    ["binary", "a known format", english, { binary: { magic: "png" } }],
    ["binary", "NUL bytes", english, { binary: { share: 0.4 } }],
    [
      "undecodable",
      "text that decoding filled with holes",
      english,
      { encoding: { name: "utf-8", confidence: 1, source: "utf-8", replaced: 900 } },
    ],
    ["undecodable", "text that came with holes", english.replaceAll("e", "\ufffd")],
    ["too_short", "a greeting", "ok, see you at five then"],
    ["too_short", "a Chinese title", "世界人权宣言"],
    ["low_letters", "a table of numbers", table],
    ["low_letters", "base64", base64(3000)],
    ["symbol_heavy", "code made of symbols", `${"foo->bar = {baz|qux} && (*ptr)++ << ~mask ^ [key] \\ ".repeat(3)}$x @y #z`],
    ["repetitive", "one sentence twenty times", "The quick brown fox jumps over the lazy dog. ".repeat(20)],
    ["repetitive", "one line thirty times", "Please read this line carefully\n".repeat(30)],
    ["repetitive", "a slogan", "buy now buy now ".repeat(20)],
    ["repetitive", "a short slogan", "Buy now! ".repeat(10)],
    ["repetitive", "one letter", "a".repeat(600)],
    ["repetitive", "two letters", "ab".repeat(300)],
    ["repetitive", "a Chinese slogan", "立即购买".repeat(30)],
    ["repetitive", "a Thai sentence", "มนุษย์ทั้งหลายเกิดมามีอิสระ".repeat(15)],
    [
      "repetitive",
      "every other line the same",
      Array.from({ length: 40 }, (_, n) =>
        n % 2 ? "This very line comes back again and again." : `New ${english.slice(n * 50, n * 50 + 30).replaceAll("\n", " ")}`,
      ).join("\n"),
    ],
    [
      "boilerplate",
      "a cookie banner",
      "We use cookies to give you the best experience. If you go on we will assume that you are happy with it.\nAccept all cookies\nCookie settings",
    ],
    ["boilerplate", "a script warning", "You need to enable JavaScript to run this app. Turn on JavaScript and reload the page."],
    [
      "boilerplate",
      "filler text",
      "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.",
    ],
    [
      "boilerplate",
      "a menu in lines",
      "Home\nElectronics\nBooks and Media\nGarden Tools\nToys\nKitchen\nContact us\nLog in\nCart\nNew arrivals\nGift cards",
    ],
    [
      "boilerplate",
      "a menu in a row",
      "Home | About us | Products | Services | Contact | Login | Privacy Policy | Terms of Service | Sitemap",
    ],
    ["boilerplate", "a Russian cookie notice", "Этот сайт использует файлы cookie для удобства посетителей.\nВсе права защищены."],
    [
      "boilerplate",
      "a French cookie notice",
      "Ce site utilise des cookies pour votre confort.\nEn poursuivant, vous acceptez l'utilisation des cookies.",
    ],
    ["boilerplate", "a Polish cookie notice", "Ta strona używa plików cookie w celu poprawy jakości usług. Akceptuj wszystkie."],
    [
      "boilerplate",
      "a Japanese cookie notice",
      "当サイトではクッキーを使用しています。閲覧を続けることでクッキーの使用に同意したものとみなされます。",
    ],
    ["boilerplate", "a Chinese cookie notice", "本网站使用Cookie来改善您的体验。继续浏览即表示您同意我们使用Cookie。接受全部。"],
    ["boilerplate", "a gate for robots", "Please verify you are a human. Enable JavaScript and cookies to continue to the site."],
    ["gibberish", "a hand on the keyboard", "asdf jkl qwe rty fgh jkl asd fgh zxcv dfgh sldkfj weoiru lskdjf xcmvn ghjk wqer"],
    ["gibberish", "random letters", "xkqzv wvbnt jqpf mzxrd kcgwq hjbvn tqzxp lfjdk vxmqc bzwhg rkjdq pfwnx gzvtq"],
    ["gibberish", "a hand on a Russian keyboard", "ыфвдлж шгщзх фждлыв йцщшз ячсмждл бьтфжд щшгнк фывщз джлбю хзщшг чсмйц джлэх"],
    ["over_cleaned", "rags", english, { cleaning: { ...cleaning, removedShare: 0.7 } }],
  ];
  for (const [reason, what, text, facts] of dropped) it(`${reason}: ${what}`, () => expect(reasonOf(text, facts)).to.equal(reason));

  it("keeps what has rare pairs by right: abbreviations, names, commands, random letters in another script's text", () => {
    const texts = [
      "The TCP, HTTP, FTP and CVS drafts of the W3C and the IETF went to NATO, the BBC and the FBI; the PDFs are with Mr. Wright.",
      "Взгляд вдруг вздрогнувшего взводного всплыл: «Встреча с журналистами в Щёлкове, подъезд № 5, в четверг, в шесть».",
      "Zdzisław Brzęczyszczykiewicz met Jiří Krk and Llywelyn Rhys at Hvězda; they spoke of smrt, vlk, and strč prst skrz krk.",
      "Run mkdir tmp; cd tmp; wget -q url; tar xzf src.tgz; make && make install; then rm -rf tmp and check the log with grep.",
    ];
    for (const text of texts) expect(reasonOf(text), text).to.equal("kept");
  });

  it("too_long: more characters than the recipe allows", () => {
    const strict = parseRecipe("extends: default\njudge: { sets: { default: { too_long: 1000 } } }");
    expect(judge(factsOf(english), strict.judge).verdict).to.include({ kind: "drop", reason: "too_long", threshold: 1000 });
  });
});

describe("judge(facts, settings): what is kept", () => {
  const raven = `Once upon a midnight dreary, while I pondered, weak and weary,
Over many a quaint and curious volume of forgotten lore,
While I nodded, nearly napping, suddenly there came a tapping,
As of some one gently rapping, rapping at my chamber door.
"'Tis some visitor," I muttered, "tapping at my chamber door;
Only this and nothing more."`;
  const chorus = "For auld lang syne, my jo,\nFor auld lang syne,\nWe'll tak a cup o' kindness yet,\nFor auld lang syne.";
  const song = [
    "Should auld acquaintance be forgot,\nAnd never brought to mind?\nShould auld acquaintance be forgot,\nAnd auld lang syne!",
    "And surely ye'll be your pint-stowp!\nAnd surely I'll be mine!\nAnd we'll tak a cup o' kindness yet,\nFor auld lang syne.",
    "We twa hae run about the braes,\nAnd pu'd the gowans fine;\nBut we've wander'd mony a weary fit,\nSin' auld lang syne.",
    "We twa hae paidl'd in the burn,\nFrae morning sun till dine;\nBut seas between us braid hae roar'd\nSin' auld lang syne.",
  ];
  const kept: [what: string, text: string, facts?: Partial<DocumentFacts>][] = [
    ["verse with a refrain", raven],
    ["a song with its chorus four times", song.map((verse) => `${verse}\n\n${chorus}`).join("\n\n")],
    ["a nursery rhyme", "Row, row, row your boat,\nGently down the stream.\nMerrily, merrily, merrily, merrily,\nLife is but a dream."],
    ["a list", "apples\npears\noranges\nbananas\ngrapes\nmelons\ncherries\nplums\nmangoes\nkiwis\nlemons\nlimes"],
    ["a short message", "The meeting moved to Tuesday afternoon because of the holiday, so please plan for it."],
    ["a short Chinese message", "会议因为假期改到星期二下午，请大家提前安排好时间。"],
    ["an article in its page", `Home | About us | Contact\n\n${raven}\n\n© 2020 All rights reserved.`],
    ["an article about cookies", `${english.slice(0, 2000)}\nThe site uses cookies.`],
    [
      "a short essay on cookies",
      "A website that uses cookies stores a small text on the computer of its visitor, and reads it again when the visitor returns. Engineers wanted to know whether a visitor had been there before.",
    ],
    [
      "program code",
      "export function add(a: number, b: number): number {\n  // the sum of both numbers\n  return a + b;\n}\nconsole.log(add(1, 2));",
    ],
    ["a few bytes that could not be read", english, { encoding: { name: "utf-8", confidence: 1, source: "utf-8", replaced: 3 } }],
    ["some boilerplate removed", english, { cleaning: { ...cleaning, removedShare: 0.2 } }],
  ];
  for (const [what, text, facts] of kept) it(what, () => expect(reasonOf(text, facts)).to.equal("kept"));
});

describe("a judgement", () => {
  it("holds every rule's value and threshold in the recipe's order, failed or not", () => {
    const { rules, verdict } = judged("a".repeat(600));
    expect(rules.map(({ name }) => name)).to.deep.equal(recipe.judge.sets.default.map(({ name }) => name));
    expect(rules.every(({ set }) => set === "default")).to.equal(true);
    expect(rules.find(({ name }) => name === "too_short")).to.deep.include({ value: 600, threshold: 50, passed: true });
    expect(verdict).to.deep.equal({ kind: "drop", reason: "repetitive", ...pick(rules.find(({ name }) => name === "repetitive")!) });
  });

  it("names the measures behind repetitive", () => {
    const { metrics } = judged("Please read this line carefully\n".repeat(30));
    expect(metrics["repetition.duplicate_lines"]).to.be.above(0.8);
    expect(metrics["repetition.duplicate_10_grams"]).to.be.above(0.4);
  });

  it("takes the first failing rule in the recipe's order", () => {
    const strict = parseRecipe("extends: default\njudge: { sets: { default: { low_letters: 1, too_short: 100000 } } }");
    expect(judge(factsOf(english), strict.judge).verdict).to.include({ reason: "too_short" });
  });

  it("counts characters, words, lines, paragraphs and sentences", () => {
    expect(judged("One two three.\nFour five!\n\nSix 7?").metrics).to.include({
      characters: 33,
      words: 7,
      lines: 3,
      paragraphs: 2,
      sentences: 3,
    });
  });

  it("says null where a rule has nothing to measure", () => {
    const { rules } = judged("");
    expect(rules.find(({ name }) => name === "low_letters")).to.deep.include({ value: null, passed: true });
  });

  it("leaves out a rule that the recipe leaves out", () => {
    const lenient = parseRecipe("extends: default\njudge: { sets: { default: { too_short: false } } }");
    expect(judge(factsOf("Hello there"), lenient.judge).verdict.kind).to.equal("keep");
  });
});

describe("the language of a document", () => {
  for (const [id, code] of Object.entries({
    eng: "en",
    deu_1996: "de",
    fra: "fr",
    rus: "ru",
    cmn_hans: "zh",
    arb: "ar",
    tha: "th",
    hin: "hi",
    jpn: "ja",
    ell_monotonic: "el",
  }))
    it(`is ${code} for the declaration in ${id}`, () => expect(judged(translation(id).text).language).to.include({ code }));

  it("is null when nobody could tell", () => {
    for (const text of ["", "12 34 56", "qxzv wqxk jjzq vvxw qqzk xkcq"]) expect(judged(text).language, text).to.equal(null);
  });
});

const pick = ({ value, threshold }: { value: unknown; threshold: unknown }) => ({ value, threshold });
