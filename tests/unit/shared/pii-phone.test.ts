import { detectPii } from "@pipeline/shared/pii/detect";
import { parseRecipe, RecipeError } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { detected, found, SETTINGS } from "../../support/pii.js";

const phones = (text: string) => found("phone", text);

describe("detectPii: phone", () => {
  const NUMBERS = [
    "+1 (415) 966-2671",
    "+1-415-966-2671",
    "+14159662671",
    "+44 20 7031 3000",
    "+44 (0)20 7031 3000",
    "+49 30 901820",
    "+33 1 42 68 53 00",
    "+86 138 0013 8000",
    "+91 98765 43210",
    "+55 11 91234-5678",
    "0044 20 7031 3000",
    "011 44 20 7031 3000",
    "(415) 966-2671",
    "(415)966-2671",
    "415-966-2671",
    "415.966.2671",
    "415 966 2671",
    "415/966-2671",
    "1-800-356-9377",
    "020 7031 3000",
    "(0161) 234 5000",
    "01865 270000",
    "07911 123456",
    "415-966-2671 ext. 12",
    "+1 415 966 2671 x123",
    "＋４４ ２０ ７０３１ ３０００",
  ];
  for (const number of NUMBERS)
    it(`finds ${number} and nothing around it`, () => {
      for (const text of [`You got ${number}, right?`, `Tel: ${number}`, number, `(${number}).`, `${number}\n2024-01-15`])
        expect(phones(text), text).to.deep.equal([number]);
    });

  it("keeps numbers apart that stand beside each other", () => {
    expect(phones("+41 44 296 35 95 / 001 415 966 2671")).to.deep.equal(["+41 44 296 35 95", "001 415 966 2671"]);
    expect(phones("電話番号は+91 11 2675 3840 ext. 12です")).to.deep.equal(["+91 11 2675 3840 ext. 12"]);
  });

  it("finds numbers with a slash between", () => {
    for (const number of ["+1 (415) 966-2671", "+14159662671", "415-966-2671", "(0161) 234 5000"])
      expect(phones(`${number}/${number}`), number).to.deep.equal([number, number]);
  });

  it("finds a number that goes on in the next line of a sentence, quoted or not", () => {
    for (const joint of ["\n", "\n> ", " \n"])
      for (const number of [`+44 20${joint}7031 3000`, `+1${joint}415 966 2671`, `+91 98765${joint}43210`])
        expect(phones(`> We are under ${number} now.`), JSON.stringify(number)).to.deep.equal([number]);
    expect(phones("Please call 415-966-\n2671 or (020)\n7031 3000.")).to.deep.equal(["415-966-\n2671", "(020)\n7031 3000"]);
  });

  it("does not take what begins the next line into a number that is whole", () => {
    const number = "+49 30 901820";
    for (const next of ["2024 was a year", "12 apples", "5 of them", "+44 20 7031 3000"])
      expect(phones(`Call ${number}\n${next}`)[0], next).to.equal(number);
    for (const text of ["The bus 020\n7031 3000 more", "415 966\n2671 2024", "12 +44 20\n7031 3000 17"])
      expect(phones(text), text).to.deep.equal([]);
  });

  it("finds a plus and eleven digits that no operator has yet", () => {
    expect(phones("it said +447911921773, thanks")).to.deep.equal(["+447911921773"]);
  });

  it("takes the line number to an area code behind a zero in brackets", () => {
    expect(phones("Tel. +49(0)1516 3298221")).to.deep.equal(["+49(0)1516 3298221"]);
  });

  it("gives way to what has check digits", () => {
    const TEXT = "We saw 6070 0049 0840 0306 / 3589 9391 1142 2350 there";
    expect(detected(TEXT).map(({ type }) => type)).to.deep.equal(["credit_card", "credit_card"]);
  });

  it("finds numbers without groups, without area code or never assigned where a word calls them phone numbers", () => {
    for (const number of ["4159662671", "867-5309", "123-456-7890"]) {
      expect(phones(`It is ${number} in all.`), number).to.deep.equal([]);
      expect(phones(`Please call ${number} today.`), number).to.deep.equal([number]);
    }
    expect(phones("手机13800138000")).to.deep.equal(["13800138000"]);
  });

  it("knows Greek and Cyrillic words whole, in their cases, and not inside others", () => {
    for (const word of ["тел.", "по телефону", "мобильного", "позвоните", "звонить", "τηλ.", "τηλέφωνο"])
      expect(phones(`${word} 4159662671`), word).to.deep.equal(["4159662671"]);
    expect(phones("Учитель купил 4159662671 штук")).to.deep.equal([]);
    expect(phones("автомобили 4159662671")).to.deep.equal([]);
  });

  it("tags numbers that are kept for fiction", () => {
    for (const number of ["(212) 555-0123", "+1 555 123 4567", "07700 900123", "+44 20 7946 0958"])
      expect(detected(`Say ${number}.`)[0], number).to.deep.include({ type: "phone", tags: ["test_number"] });
  });

  it("reads national forms only of the recipe's regions", () => {
    const french = "01 42 68 53 00";
    const spanish = "912 34 56 78";
    expect(phones(`Llame ${spanish}`)).to.deep.equal([]);
    expect(detectPii(`Llame ${spanish}`, { ...SETTINGS, phone_regions: ["ES"] })).to.have.length(1);
    expect(detectPii(`Appelez ${french}`, { ...SETTINGS, phone_regions: ["FR"] })).to.have.length(1);
    expect(() => parseRecipe("extends: default\npii: { phone_regions: [XX] }")).to.throw(RecipeError, "phone_regions");
  });

  const LOOK_ALIKES: [string, string][] = [
    ["dates and times", "2024-01-15 12:30, 01/02/2024 12:30, 15.01.2024, 2002-08-22T10:05:06, 20240115"],
    ["years", "1990-2000 1990 1991 1992"],
    ["ISBNs", "978-0-306-40615-7 0-306-40615-2 ISBN 415-966-2671"],
    ["addresses of machines", "192.168.1.100 8.8.8.8"],
    ["postcodes", "12345-6789"],
    ["amounts and decimals", "$415-966-2671 3.14159265358 1,415,966,2671"],
    ["identifiers", "id415-966-2671 AB-415-966-2671 415-966-2671-A order no. 415-966-2671"],
    ["longer numbers", "415-966-2671-9921 9415-966-2671 12.415.966.2671"],
    ["seconds since 1970", "1700000000 1700000000000"],
    ["coordinates", "37.7749295, -122.4194155"],
    ["clauses and products", "252.227-7015 800/850/1520"],
    ["a country that does not exist", "+999 123 456 789"],
    ["sums", "2+14159662671"],
    ["differences", "415 - 966 - 2671 = x and x = 415 - 966 - 2671"],
    ["a path of a URL", "https://example.org/415-966-2671/"],
    ["a host", "415-966-2671.example.org"],
    ["a message id", "<415-966-2671@localhost>"],
    ["scores and versions", "build 299.256.4015, 21-17-14, 2-6-3-8-1, 1.2.3.4567"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for phone numbers`, () => expect(phones(text)).to.deep.equal([]));
});
