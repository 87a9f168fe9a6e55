import { detectPii } from "@pipeline/shared/pii/detect";
import { ID_COUNTRIES } from "@pipeline/shared/pii/national-id/countries";
import { ID_KINDS } from "@pipeline/shared/pii/national-id/kinds";
import { parseRecipe, RecipeError } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { detected, found, SETTINGS } from "../../support/pii.js";

const ids = (text: string) => found("national_id", text);

describe("detectPii: national_id", () => {
  /** Country, label, number: examples of the authorities, or made up with right check digits. */
  const LABELLED: [country: string, label: string, number: string][] = [
    ["es", "DNI", "12345678Z"],
    ["es", "NIE", "X1234567L"],
    ["br", "CPF", "529.982.247-25"],
    ["br", "CPF", "52998224725"],
    ["nl", "BSN", "111222333"],
    ["pl", "PESEL", "44051401359"],
    ["ca", "Social insurance number (SIN)", "046 454 286"],
    ["fi", "henkilötunnus", "131052-308T"],
    ["se", "personnummer", "811218-9876"],
    ["au", "tax file number (TFN)", "123 456 782"],
    ["gb", "National Insurance number", "AB 12 34 56 C"],
    ["it", "codice fiscale", "RSSMRA85T10A562S"],
    ["cn", "身份证号", "11010519491231002X"],
    ["cl", "RUT", "12.531.909-2"],
    ["mx", "CURP", "HEGG560427MVZRRL04"],
    ["ch", "AHV-Nr.", "756.9217.0769.85"],
  ];
  for (const [country, label, number] of LABELLED)
    it(`finds ${number} (${label}) and nothing around it`, () => {
      for (const text of [`Her ${label} is ${number}, as the form says.`, `${label}: ${number}`, `${label} ${number}.`]) {
        expect(ids(text), text).to.deep.equal([number]);
        expect(detected(text)[0]!.tags![0], text).to.match(new RegExp(`^${country}_`));
      }
      const wrong = number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
      if (country !== "gb" && /\d[A-Z]?$/.test(number)) expect(ids(`${label}: ${wrong}`), wrong).to.deep.equal([]);
    });

  it("finds what form and check digits prove without a word", () => {
    for (const number of ["529.982.247-25", "X1234567L", "131052-308T", "RSSMRA85T10A562S", "11010519491231002X", "756.9217.0769.85"])
      expect(ids(`It says ${number} here.`), number).to.deep.equal([number]);
  });

  it("says nothing of digits that one check digit in ten or so lets pass", () => {
    for (const number of ["12345678Z", "52998224725", "111222333", "44051401359", "046 454 286", "811218-9876", "AB 12 34 56 C"]) {
      expect(ids(`It says ${number} here.`), number).to.deep.equal([]);
      expect(ids(`order number ${number}`), number).to.deep.equal([]);
    }
  });

  it("looks for the numbers of the recipe's countries only", () => {
    const text = "DNI 12345678Z, PESEL 44051401359";
    expect(detectPii(text, { ...SETTINGS, national_ids: ["PL"] }).map(({ tags }) => tags)).to.deep.equal([["pl_pesel"]]);
    expect(() => parseRecipe("extends: default\npii: { national_ids: [XX] }")).to.throw(RecipeError, "national_ids");
  });

  it("lists the countries that it knows", () => {
    expect([...new Set(ID_KINDS.map(({ country }) => country))].sort()).to.deep.equal(ID_COUNTRIES);
  });
});
