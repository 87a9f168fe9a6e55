import { TEST_NUMBERS } from "@pipeline/shared/pii/credit-card/test-numbers";
import { expect } from "chai";
import { detected, found, withLuhn } from "../../support/pii.js";

const cards = (text: string) => found("credit_card", text);

describe("detectPii: credit_card", () => {
  const ISSUED: [string, string, number][] = [
    ["Visa, 13 digits", "4539", 13],
    ["Visa, 16 digits", "4716", 16],
    ["Visa, 19 digits", "4532", 19],
    ["Mastercard", "5299", 16],
    ["Mastercard, start of the 2-series", "2221", 16],
    ["Mastercard, end of the 2-series", "2720", 16],
    ["American Express", "3714", 15],
    ["Discover", "6011", 16],
    ["Discover 65", "6555", 16],
    ["Diners Club", "3056", 14],
    ["JCB", "3541", 16],
    ["UnionPay, 19 digits", "6217", 19],
    ["Maestro", "6759", 16],
    ["Mir", "2202", 16],
    ["Troy", "9792", 16],
  ];
  for (const [name, lead, length] of ISSUED)
    it(`finds ${name}`, () => {
      const number = withLuhn(lead.padEnd(length - 1, "123456789012345"));
      expect(cards(`Please charge ${number} for this.`)).to.deep.equal([number]);
    });

  const AS_WRITTEN = [
    "4716 1089 9971 6531",
    "4716-1089-9971-6531",
    "4716\u00a01089\u00a09971\u00a06531",
    "4716\u202f1089\u202f9971\u202f6531",
    "4716\u20091089\u20099971\u20096531",
    "4716\u20111089\u20119971\u20116531",
    "4716.1089.9971.6531",
    "3782 822463 10005",
    "3056 930902 5904",
    "４７１６１０８９９９７１６５３１",
    "٤٧١٦ ١٠٨٩ ٩٩٧١ ٦٥٣١",
  ];
  for (const written of AS_WRITTEN) it(`finds ${written}`, () => expect(cards(`It was ${written}, I think.`)).to.deep.equal([written]));

  it("finds numbers glued to scripts without spaces and to words that say card", () => {
    expect(cards("卡号4716108999716531。")).to.deep.equal(["4716108999716531"]);
    expect(cards("карта4716108999716531")).to.deep.equal(["4716108999716531"]);
    expect(cards("card4716108999716531")).to.deep.equal(["4716108999716531"]);
    expect(cards("?card=4716108999716531&cvv=1")).to.deep.equal(["4716108999716531"]);
  });

  it("knows Greek and Cyrillic words whole, in their cases, and not inside others", () => {
    for (const word of ["карта", "с карты", "картой", "карточку", "картата", "картку", "картицом", "της κάρτας"])
      expect(cards(`${word} 0604000000000000`), word).to.deep.equal(["0604000000000000"]);
    expect(cards("картина стоит 0604000000000000")).to.deep.equal([]);
    expect(cards("Ръководител 4716 1089 9971 6531")).to.deep.equal(["4716 1089 9971 6531"]); // holds the short form of telephone
  });

  it("finds every card of a sentence, of a row and of a record", () => {
    expect(cards("4716108999716531 and 5425233430109903")).to.have.length(2);
    expect(cards("4716 1089 9971 6531 5425 2334 3010 9903")).to.have.length(2);
    expect(cards("4716 1089 9971 6531 05/27 123")).to.deep.equal(["4716 1089 9971 6531"]);
    expect(cards("John,Doe,4716108999716531,123,05/27")).to.deep.equal(["4716108999716531"]);
    expect(cards("4716108999716531|05|2027|123")).to.deep.equal(["4716108999716531"]);
  });

  it("finds a number that goes on in the next line of a sentence, quoted or not", () => {
    for (const joint of ["\n", "\r\n", " \n", "\n> ", "\n> > ", "\n>> ", "\n    "]) {
      const number = `4716 1089${joint}9971 6531`;
      expect(cards(`> Please charge the amount to ${number} at once`), JSON.stringify(joint)).to.deep.equal([number]);
    }
    expect(cards("It was 4716-1089-\n9971-6531.")).to.deep.equal(["4716-1089-\n9971-6531"]);
  });

  it("does not take the first field of the next line into a number that is whole", () => {
    const [whole, longer] = ["6759-3453-4890-8426", "675934534890842618"]; // both have a right check digit
    expect(cards(longer)).to.deep.equal([longer]);
    expect(cards(`id,name,card\n17,"Smith, John",${whole}\n18,Ann,5018-1239-9127-8804`)).to.deep.equal([whole, "5018-1239-9127-8804"]);
  });

  it("reads separators that a URL escapes", () => {
    for (const separator of ["%20", "%2D", "%2d"]) {
      const number = ["4716", "1089", "9971", "6531"].join(separator);
      for (const text of [
        `https://shop.example.org/pay?card=${number}&x=1`,
        `card=${number}%20and`,
        `pan=${number}`,
        `https://x.example/?next=%2Fpay%3Fcard%3D${number}%26x%3D1`,
      ])
        expect(cards(text), text).to.deep.equal([number]);
    }
  });

  it("finds dots between groups behind a word that ends in one", () => {
    expect(cards("Card no.4716.1089.9971.6531")).to.deep.equal(["4716.1089.9971.6531"]);
  });

  it("tells a list of names and cards from a table with names before its rows", () => {
    expect(cards("Ann 4716 1089 9971 6531\nBob 5425 2334 3010 9903\nEve 3056 9309 0259 04")).to.have.length(3);
    expect(cards("good: 4716 1089 9971 6531\nbad: 4716 1089 9971 6532")).to.have.length(1);
  });

  it("does not join lines of a table", () => {
    for (const text of ["4716 1089\n9971 6531", "total 4716 1089\n9971 6531\n1234 5678", "row 1234 4716 1089\n9971 6531 8899"])
      expect(cards(text), text).to.deep.equal([]);
  });

  it("finds numbers that slashes, escapes and forms join to their neighbours", () => {
    expect(cards("4716108999716531/5425233430109903")).to.have.length(2);
    expect(cards("4716 1089 9971 6531/5425 2334 3010 9903/30569309025904")).to.have.length(3);
    expect(cards('{\\"pan\\":\\"4716108999716531\\"} and \\n4716108999716531\\n')).to.have.length(2);
    expect(cards("card=4716+1089+9971+6531&exp=1227")).to.deep.equal(["4716+1089+9971+6531"]);
    expect(cards("4716 1089 9971 6531 1227 123")).to.deep.equal(["4716 1089 9971 6531"]);
    expect(cards(`John Smith ${withLuhn("622126001234567890").replace(/^.{6}/, "$& ")} 10 Main Street`)).to.have.length(1);
  });

  it("finds numbers with a number sign, and with mixed separators where a word says card", () => {
    expect(cards("#4716108999716531")).to.deep.equal(["4716108999716531"]);
    expect(cards("my Visa: 4716-1089 9971-6531")).to.deep.equal(["4716-1089 9971-6531"]);
  });

  it("knows what a label names: the receipt for a card is no number of a receipt", () => {
    expect(cards("Send the receipt for 4716108999716531 to me")).to.deep.equal(["4716108999716531"]);
    expect(cards("The number of your order is 4716108999716531")).to.deep.equal([]);
    expect(cards("The account number of my card is 4716108999716531")).to.deep.equal(["4716108999716531"]);
  });

  it("tags published test numbers and reports them whatever the label", () => {
    const [span] = detected("order 4111 1111 1111 1111");
    expect(span).to.deep.include({ type: "credit_card", start: 6, end: 25, tags: ["test_number"] });
  });

  it("lists only test numbers that a network could have issued", () => {
    for (const number of TEST_NUMBERS) expect(cards(`Try ${number} now`), number).to.deep.equal([number]);
  });

  const LOOK_ALIKES: [string, string][] = [
    ["a wrong check digit", "4716108999716532"],
    ["an unknown issuer", "1234567812345670"],
    ["a length that was never issued", withLuhn("41111111111111")],
    ["a longer number", "94716108999716531"],
    ["a tracking number in groups", "9400 4716 1089 9971 6531 23"],
    ["milliseconds since 1970", "1704067200000 1700000000008"],
    ["a time stamp", "20240131235959 20240131235959123"],
    ["day, month, year and time", "30012024123458"],
    ["a UUID", "47161089-9971-4531-8471-610899971653"],
    ["a hexadecimal hash", "ab4716108999716531cd"],
    ["a decimal", "0.4716108999716531 and 4716108999716531.25 and .4716108999716531"],
    ["an amount", "$4716108999716531"],
    ["a message id", "<4716108999716531@mail.example.org>"],
    ["a path of a URL", "https://example.org/item/4716108999716531/view"],
    ["a value inside an escaped URL", "https://x.example/?next=%2Fitem%3Fid%3D4716108999716531"],
    ["a file name", "scan/4716108999716531.pdf IMG_4716108999716531"],
    ["an article number", "4006381333931"],
    ["an order", "order no. 4716108999716531"],
    ["a parcel", "Tracking number: 4716108999716531"],
    ["an IMEI", "IMEI 378282246310013"],
    ["years", "1990 1991 1992 1993\n2000 2001 2002 2003"],
    ["a row of round numbers", "2400 2500 2600 2700 and 5110 5230 5470 5320"],
    ["mixed separators", "4716-1089 9971-6531"],
    ["numbers on lines of their own", "4716\n1089\n9971\n6531"],
    ["an account", "account number 4716108999716531, р/с 4716108999716531, 口座番号：4716108999716531"],
    ["orders in other languages", "заказ № 4716108999716531, 流水号：4716108999716531, zamówienia: 4716108999716531"],
    ["a decimal comma", "x = 3,4716108999716531 and [0.4716108999716531, .4716108999716531]"],
    ["a quantity", "4716108999716531 bytes, USD 4716108999716531, 4716108999716531 km, 2^4716108999716531"],
    ["a bar code", "(01)36006452384618"],
    ["a relative path", "./4716108999716531"],
    ["an id of a form", "fbid=4716108999716531&item_id=4716108999716531"],
    ["a dump of bytes", "00000010: 4716 1089 9971 6531 ade5 926a  Gq....\nf9a4 cfa9 4716 1089 9971 6531 |abcd|"],
    ["a sum", "4716+1089+9971+6531"],
    ["a longer row that ends in a year", "4716 1089 9971 6531 1928 9695 8627"],
    ["rows that have names", "oak  1234 5678 9012 3456\nelm  4716 1089 9971 6531\nash  8717 6666 2345 8888"],
    ["a matrix", "[[4716 1089 9971 6531]\n [1234 5678 9012 3456]\n [8717 6666 2345 8888]]"],
    ["numbers below zero", "x=-4716108999716531; [1, -4716108999716531], balance: -4716108999716531"],
    ["whom a message is for", "<@4716108999716531> and <#4716108999716531>"],
    ["an id as text", '"id_str": "4716108999716531"'],
    ["the end of a number in fours", "my card 6459 1331 8416 1607 538, my card 6492 5044 4501 9699"],
    ["a bank account", "DE00 4716 1089 9971 6531 00"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for a card`, () => expect(cards(text)).to.deep.equal([]));
});
