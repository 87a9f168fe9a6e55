import { expect } from "chai";
import { detected, found } from "../../support/pii.js";

const emails = (text: string) => found("email", text);

describe("detectPii: email", () => {
  const ADDRESSES = [
    "joe@acme.com",
    "joe.smith+tag@mail.acme.co.uk",
    "o'brien@acme.ie",
    "joe_smith-2@sub-domain.acme.io",
    "1234567890@qq.com",
    "JOE@ACME.COM",
    '"jane doe"@acme.org',
    "josé@españa.es",
    "用户@例子.公司",
    "joe@xn--mller-kva.de",
    "joe@acme.xn--p1ai",
    "joe.smith%40acme.com",
    "j~doe@acme.com",
    "bounce-joe=acme.com@lists.acme.org",
  ];
  for (const address of ADDRESSES)
    it(`finds ${address} and nothing around it`, () => {
      for (const text of [`Write to ${address}.`, `<${address}>`, `mailto:${address}?subject=x`, `(${address}), or`, address])
        expect(emails(text), text).to.deep.equal([address]);
    });

  it("stops at quotes, ellipses, sentences and other scripts", () => {
    expect(emails("'joe@acme.com' **joe@acme.com** email=joe@acme.com&x=1")).to.deep.equal(Array(3).fill("joe@acme.com"));
    expect(emails("contact...joe@acme.com.Then call")).to.deep.equal(["joe@acme.com"]);
    expect(emails("联系joe@acme.com谢谢, joe@acme.com으로")).to.deep.equal(["joe@acme.com", "joe@acme.com"]);
  });

  it("reads the @ that a URL escapes", () => {
    expect(emails("https://shop.example.org/login?email=joe%40acme.com&next=%2Fhome")).to.deep.equal(["joe%40acme.com"]);
    expect(emails("mailto:joe%40acme.com and joe%40localhost, 50%40 of it")).to.deep.equal(["joe%40acme.com"]);
    expect(detected("joe%40example.com")[0]).to.deep.include({ score: 0.6, tags: ["example"] });
  });

  it("counts what is glued in front of the longest local part as none of it", () => {
    const longest = `${"x".repeat(64)}@acme.com`;
    expect(emails(`contact=${longest}`)).to.deep.equal([longest]);
  });

  it("tags addresses of documentation", () => {
    expect(detected("joe@example.com")).to.deep.equal([{ type: "email", start: 0, end: 15, score: 0.6, tags: ["example"] }]);
  });

  const LOOK_ALIKES = [
    "joe@localhost root@server:~#",
    "lodash@4.17.21 @types/node@18.0.0 pkg@1.0.0-beta.dev",
    "@media (min-width: 3px) @Override @john_doe",
    "icon@2x.png",
    "@user@mastodon.social",
    "git@github.com:acme/tool.git",
    "ssh deploy@acme.com",
    "scp file joe@acme.com:/tmp",
    "https://joe:secret@acme.com/",
    "Message-ID: <abc@mail.acme.com>",
    "References: <a@acme.com>\n <b@acme.com>",
    "<20020822123456.GA1234@acme.com>",
    "<ddfb0233-f196-4751-8ab2-b9206633b637@acme.com>",
    "<CA+c5BHhEdfF5f80eeAbD7eG1g3Ga18D8=x@acme.com>",
    "In-Reply-To: <CAFabc=1@acme.com>",
    '<img src="cid:part1.0203@acme.com">',
    "3 @ 2.50",
    "joe@@acme.com joe@.com joe@acme joe@acme.c joe@mail.name.local",
    `${"x".repeat(70)}@acme.com`,
  ];
  for (const text of LOOK_ALIKES) it(`finds no address in ${text.slice(0, 40)}`, () => expect(emails(text)).to.deep.equal([]));
});
