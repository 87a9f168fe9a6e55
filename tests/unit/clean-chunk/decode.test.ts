import { decode } from "@pipeline/clean-chunk/decode/decode";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import iconv from "iconv-lite";

const { decode: settings } = loadRecipe("default");

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

  it("repairs damaged text and counts what it put in", () => {
    const utf8 = Buffer.from("Żółć jest gorzka, a życie słodkie.\n".repeat(5));
    const broken = Buffer.concat([utf8.subarray(1, 50), Buffer.from([0xff]), utf8.subarray(50, utf8.length - 1)]);
    expect(decode(broken, settings).encoding).to.include({ name: "utf-8", replaced: 2 });
    const odd = iconv.encode("Half a character is missing at the end.", "utf-16le");
    expect(decode(odd.subarray(0, odd.length - 1), settings).encoding).to.include({ name: "utf-16le", replaced: 1 });
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

  it("widens to lines where an encoding keeps state", () => {
    const bytes = Buffer.from("Subject\n\x1b$B$3$s\x1b(B end\nlast", "latin1");
    const decoded = decode(bytes, settings);
    expect(decoded.encoding.name).to.equal("iso-2022-jp");
    expect(decoded.text).to.equal("Subject\nこん end\nlast");
    expect(decoded.bytesOf(9, 10)).to.deep.equal({ start: 8, end: bytes.length - 4 });
  });
});
