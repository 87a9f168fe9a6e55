import { decode } from "@pipeline/clean-chunk/decode/decode";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import iconv from "iconv-lite";
import { translation } from "../../support/udhr.js";

const { decode: settings } = loadRecipe("default");

const LEGACY: readonly (readonly [encoding: string, translation: string])[] = [
  ...([
    ["windows-1250", "pol"],
    ["windows-1251", "rus"],
    ["windows-1252", "fra"],
    ["windows-1253", "ell_monotonic"],
  ] as const),
  ...([
    ["windows-1254", "tur"],
    ["windows-1255", "heb"],
    ["windows-1256", "arb"],
    ["windows-1257", "lit"],
  ] as const),
  ...([
    ["iso-8859-2", "ces"],
    ["iso-8859-5", "bul"],
    ["iso-8859-7", "ell_monotonic"],
    ["iso-8859-9", "tur"],
  ] as const),
  ...([
    ["koi8-r", "rus"],
    ["koi8-u", "ukr"],
    ["cp866", "rus"],
    ["macintosh", "spa"],
    ["cp850", "deu_1996"],
    ["cp437", "deu_1996"],
  ] as const),
  ...([
    ["shift_jis", "jpn"],
    ["euc-jp", "jpn"],
    ["gb18030", "cmn_hans"],
    ["big5", "cmn_hant"],
    ["euc-kr", "kor"],
    ["windows-874", "tha"],
  ] as const),
];

/** Pieces of a translation that the encoding can spell. */
function spellable(encoding: string, id: string): string[] {
  const paragraphs = translation(id)
    .text.split("\n")
    .filter((text) => iconv.decode(iconv.encode(text, encoding), encoding) === text);
  const text = paragraphs.join("\n");
  const starts = Array.from({ length: 12 }, (_, index) => Math.floor((index * (text.length - 100)) / 12));
  return starts.map((start) => text.slice(start, start + 100)).filter((piece) => /[^\0-\x7f]/.test(piece));
}

describe("decode(bytes, settings)", () => {
  it("reads every form of Unicode with and without a byte order mark", () => {
    const texts = [
      "Every human being is born free.\n",
      "Все люди рождаются свободными и равными.\n",
      "すべての人間は、生まれながらにして自由。\n",
    ];
    for (const text of texts)
      for (const encoding of ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"])
        for (const addBOM of [true, false]) {
          const decoded = decode(iconv.encode(text, encoding, { addBOM }), settings);
          expect(decoded.text, `${encoding} ${addBOM}`).to.equal(text);
          expect(decoded.encoding.name).to.equal(encoding);
          expect(decoded.encoding.replaced).to.equal(0);
        }
  });

  it("drops what is no text by its first bytes or by its NULs, but not for a stray one", () => {
    expect(decode(Buffer.from("%PDF-1.7\n%..."), settings).binary).to.deep.equal({ magic: "pdf" });
    expect(decode(Buffer.from("PK\x03\x04rest"), settings).binary).to.deep.equal({ magic: "zip" });
    expect(decode(Buffer.from("text\0\0\0\0\0 more text"), settings).binary?.share).to.be.greaterThan(0.1);
    expect(decode(Buffer.from("a stray\0 one"), settings).binary).to.equal(null);
  });

  it("keeps texts that begin with the letters of a format's mark", () => {
    for (const text of ["ORCHESTRA SEATS, réservées to members.", "ID3 tags are réal metadata of songs."])
      expect(decode(iconv.encode(text, "windows-1252"), settings)).to.include({ text, binary: null });
    expect(decode(Buffer.from("ID3\x03\0\0\0\0\x0f\x76", "latin1"), settings).binary).to.deep.equal({ magic: "mp3" });
  });

  it("tells the encodings of four decades on texts of a hundred characters, 19 times in 20", function () {
    this.timeout(30_000);
    let right = 0;
    let all = 0;
    for (const [encoding, id] of LEGACY)
      for (const text of spellable(encoding, id)) {
        all++;
        if (decode(iconv.encode(text, encoding), settings).text === text) right++;
      }
    expect(all).to.be.above(200);
    expect(right / all).to.be.at.least(0.95);
  });

  it("knows which letters stand together in one language, and that no word of one letter follows a dash", () => {
    const texts = {
      maccyrillic: "Каждый человек имеет обязанности перед обществом, в котором только и возможно свободное развитие.",
      macintosh: "Toda persona tiene derecho a la libertad de pensamiento, de conciencia y de religión.",
      "iso-8859-2": "Vsakdo ima pravico do življenja, do prostosti in do osebne varnosti. Nikogar ne smejo mučiti.",
    };
    for (const [encoding, text] of Object.entries(texts))
      expect(decode(iconv.encode(text, encoding), settings).text, encoding).to.equal(text);
    const english = "It was—as I said—a long day, and the boy’s mother went home—I think.";
    expect(decode(iconv.encode(english, "windows-1252"), settings).text).to.equal(english);
  });

  it("knows which letters follow each other in a language, where several readings are made of letters", () => {
    const texts: [encoding: string, text: string][] = [
      ["windows-1252", "Nesër do të shkojmë në det bashkë me miqtë tanë, nëse koha është e mirë."],
      ["maccyrillic", "Всеки човек има право на живот. Утре ще отидем на море заедно с нашите приятели."],
      ["cp850", "La città è bellissima, perché c'è più luce che altrove."],
      ["cp850", "Amanhã vou à praia com o meu irmão e os avós, se não chover."],
      ["cp852", "Včera jsme šli do divadla a pak na večeři v blízké restauraci."],
      ["cp1125", "Завтра ми поїдемо до моря разом із друзями з Києва."],
    ];
    for (const [encoding, text] of texts) expect(decode(iconv.encode(text, encoding), settings).text, encoding).to.equal(text);
  });

  it("sees one foreign word in an English mail", () => {
    const mail = (word: string) => `${"All that was said before it is plain English, line by line.\n".repeat(30)}Best regards, ${word}\n`;
    const words = {
      "windows-1252": "José",
      "windows-1251": "Иван Петров",
      "euc-kr": "서울 대학교",
      gb18030: "北京大学",
      "koi8-r": "Москва",
    };
    for (const [encoding, word] of Object.entries(words))
      expect(decode(iconv.encode(mail(word), encoding), settings).text, encoding).to.equal(mail(word));
    expect(decode(iconv.encode(mail("it’s – “so”…"), "windows-1252"), settings).encoding.name).to.equal("windows-1252");
  });

  it("repairs damaged text and counts what it put in", () => {
    const utf8 = Buffer.from("Żółć jest gorzka, a życie słodkie.\n".repeat(5));
    const broken = Buffer.concat([utf8.subarray(1, 50), Buffer.from([0xff]), utf8.subarray(50, utf8.length - 1)]);
    expect(decode(broken, settings).encoding).to.include({ name: "utf-8", replaced: 2 });
    const odd = iconv.encode("Half a character is missing at the end.", "utf-16le");
    expect(decode(odd.subarray(0, odd.length - 1), settings).encoding).to.include({ name: "utf-16le", replaced: 1 });
  });

  const latin1 = (text: string) => Buffer.from(text, "latin1");
  const damaged: [what: string, bytes: Buffer, text: string][] = [
    [
      "one bad byte beside one good character",
      latin1("A caf\xc3\xa9 stands here \xe9 and the rest is plain."),
      "A café stands here � and the rest is plain.",
    ],
    ["as many bad bytes as good characters", latin1("caf\xc3\xa9, na\xc3\xafve \x92tis mixed \x93 text"), "café, naïve �tis mixed � text"],
    ["a character that the end cuts", latin1("It costs 5 \xe2\x82"), "It costs 5 �"],
    ["Java's NUL", latin1("hello \xc3\xa9 w\xc3\xb6rld\xc0\x80 end"), "hello é wörld�� end"],
  ];
  for (const [what, bytes, text] of damaged)
    it(`stays with UTF-8 for ${what}`, () => {
      const decoded = decode(bytes, settings);
      expect(decoded.text).to.equal(text);
      expect(decoded.encoding).to.include({ name: "utf-8", replaced: [...text].filter((character) => character === "�").length });
    });

  it("reads one byte beyond ASCII as windows-1252, wherever writers put it", () => {
    const texts = [
      ...["I had a café at the corner.", "It costs €20 at most.", "It costs £20, which is cheap.", "It was 20°C outside."],
      ...["Herr Müller kommt morgen.", "El niño come una manzana.", "Die Straße ist lang.", "It’s the dog’s dinner.", "Artigo 21.º"],
      ...["Pedro volta á casa.", "Il matrimonio potrà essere", "Add ½ cup of sugar", "© 2004 Acme Corp.", "À la carte"],
    ];
    for (const text of texts) expect(decode(iconv.encode(text, "windows-1252"), settings).text).to.equal(text);
  });

  it("reads short Chinese, Japanese and Korean in UTF-16 without a mark", () => {
    for (const text of [
      "내일 우리는 친구들과 함께 바다에",
      "今天天气很好，我们去公园。",
      "人人生而自由,在尊严和权利上一律平等",
      "これは短い文章です。",
      "臺灣的天氣很好。",
    ])
      for (const encoding of ["utf-16le", "utf-16be"])
        expect(decode(iconv.encode(text, encoding, { addBOM: false }), settings).text).to.equal(text);
  });

  it("takes the byte order mark of GB 18030", () => {
    const decoded = decode(Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), iconv.encode("你好 hello", "gb18030")]), settings);
    expect(decoded).to.have.property("text", "你好 hello");
    expect(decoded.encoding).to.include({ name: "gb18030", source: "bom" });
  });

  const pages: [what: string, page: (charset: string) => string][] = [
    ["a page", (charset) => `<html><head><meta charset="${charset}"></head><body><p>`],
    ["an old page", (charset) => `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=${charset}">\n<p>`],
    ["XML", (charset) => `<?xml version="1.0" encoding="${charset}"?>\n<p>`],
    ["a mail", (charset) => `Subject: x\nContent-Type: text/plain;\n\tcharset="${charset}"\n\n`],
    ["a program", (charset) => `#!/usr/bin/python\n# -*- coding: ${charset} -*-\n# `],
  ];
  for (const [what, page] of pages)
    it(`believes ${what} that names its encoding, unless the text says otherwise`, () => {
      const read = (encoding: string, charset: string, text: string) => {
        const head = page(charset);
        const decoded = decode(Buffer.concat([Buffer.from(head), iconv.encode(text, encoding)]), settings);
        return { ...decoded.encoding, text: decoded.text.slice(head.length) };
      };
      const right = [
        ["macintosh", "Declaración Universal"],
        ["iso-8859-4", "Žmogus turi teisę į gyvybę"],
        ["maccyrillic", "всех людей"],
      ] as const;
      for (const [name, text] of right) expect(read(name, name, text)).to.include({ name, text, source: "declared" });
      const wrong = [
        ["windows-1251", "iso-8859-1", "Все люди рождаются свободными"],
        ["gb18030", "iso-8859-1", "人人生而自由在尊严和权利上一律平等"],
        ["koi8-r", "windows-1251", "Все люди рождаются свободными"],
        ["utf-8", "iso-8859-1", "Tous les êtres humains naissent libres"],
        ["windows-1252", "utf-8", "Tous les êtres humains naissent libres"],
        ["windows-1252", "nonsense", "Tous les êtres humains naissent libres"],
      ] as const;
      for (const [name, charset, text] of wrong)
        expect(read(name, charset, text))
          .to.include({ name, text })
          .and.not.include({ source: "declared" });
    });

  it("traces characters to bytes in every kind of encoding", () => {
    const text = "Первый: 日本語テキスト, 😀 second line\nтретья строка 中文字符\n".repeat(40);
    for (const encoding of ["utf-8", "utf-16le", "utf-16be", "utf-32le", "gb18030"]) {
      const bytes = iconv.encode(text, encoding, { addBOM: encoding !== "gb18030" });
      const decoded = decode(bytes, settings, encoding);
      expect(decoded.text).to.equal(text);
      for (const start of [0, 9, 17, 300, 1029]) {
        const range = decoded.bytesOf(start, start + 5);
        const part = bytes.subarray(range.start, range.end);
        expect(iconv.decode(part, encoding, { stripBOM: false }), encoding).to.equal(text.slice(start, start + 5));
      }
    }
  });

  it("reads HZ, and leaves alone what only looks like it", () => {
    expect(decode(Buffer.from("He said ~{<:Ky2;S{#,NpJ)l6HK!#~} and left."), settings).text).to.equal(
      "He said 己所不欲，勿施於人。 and left.",
    );
    const lisp = 'Write ~{ab~} in Lisp, (format nil "~{abcd~}" x)';
    expect(decode(Buffer.from(lisp), settings)).to.include({ text: lisp });
  });

  it("widens to lines where an encoding keeps state", () => {
    const bytes = Buffer.from("Subject\n\x1b$B$3$s\x1b(B end\nlast", "latin1");
    const decoded = decode(bytes, settings);
    expect(decoded.encoding.name).to.equal("iso-2022-jp");
    expect(decoded.text).to.equal("Subject\nこん end\nlast");
    expect(decoded.bytesOf(9, 10)).to.deep.equal({ start: 8, end: bytes.length - 4 });
  });
});
