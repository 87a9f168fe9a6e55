import { expect } from "chai";
import { detected, found } from "../../support/pii.js";

const numbers = (text: string) => found("us_ssn", text);

describe("detectPii: us_ssn", () => {
  it("finds three, two and four digits with one separator", () => {
    for (const number of ["536-90-4399", "536 90 4399", "536\u201190\u20114399", "536\u00a090\u00a04399"])
      for (const text of [`It is ${number}.`, `SSN:${number}`, `(${number}), and`, number])
        expect(numbers(text), text).to.deep.equal([number]);
    expect(numbers("536-90-4399, 537-91-4400 and 538-92-4401")).to.have.length(3);
  });

  it("finds dots and bare digits only where a word calls them so", () => {
    for (const number of ["536.90.4399", "536904399"]) {
      expect(numbers(`It is ${number}.`)).to.deep.equal([]);
      expect(numbers(`Her social security number is ${number}.`)).to.deep.equal([number]);
    }
  });

  it("finds numbers over two lines, with wide dashes and with two separators where a word calls them so", () => {
    for (const number of ["536-90-\n4399", "536-\n90-4399", "536 90\n4399", "536-90-\n> 4399", "536 - 90 - 4399", "536-90 4399"]) {
      expect(numbers(`> My social security number is ${number}, as you know.`), JSON.stringify(number)).to.deep.equal([number]);
      expect(numbers(`It is ${number} in all.`), JSON.stringify(number)).to.deep.equal([]);
    }
  });

  it("finds numbers with a slash between", () => {
    expect(numbers("536-90-4399/537-91-4400/538-92-4401")).to.have.length(3);
    expect(numbers("page/536-90-4399/view")).to.deep.equal([]);
  });

  it("tags published numbers", () => {
    for (const number of ["078-05-1120", "219-09-9999", "123-45-6789"])
      expect(detected(number)[0]).to.deep.include({ type: "us_ssn", tags: ["test_number"] });
  });

  const LOOK_ALIKES: [string, string][] = [
    ["numbers never issued", "000-12-3456 666-12-3456 912-34-5678 536-00-4567 536-90-0000"],
    ["phone numbers", "+1 536-90-4399, call 536-90-4399, tel 536-90-4399, 415-966-2671"],
    ["postcodes", "53690-4399 12345"],
    ["part numbers", "P/N 536-90-4399, catalog no. 536-90-4399, part no. 536-90-4399 A536-90-4399 536-90-4399-1 1-536-90-4399"],
    ["rows of a table", "12 536 90 4399 17"],
    ["mixed separators", "536-90 4399"],
    ["dates", "2024-01-15 01-15-2024"],
    ["amounts", "$536-90-4399"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for one`, () => expect(numbers(text)).to.deep.equal([]));
});
