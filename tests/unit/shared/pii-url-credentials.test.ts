import { expect } from "chai";
import { detected, everyOf, found } from "../../support/pii.js";

const urls = (text: string) => found("url_credentials", text);

describe("detectPii: url_credentials", () => {
  const URLS = [
    "https://deploy:Zk3vQx91@git.example.com/team/project.git",
    "ftp://anna:s3cr3t7@files.example.org",
    "postgres://app:Zk3vQx91@db.internal:5432/orders?ssl=true",
    "redis://:Zk3vQx91@cache.internal:6379/0",
    "amqp://worker:Zk3vQx91@10.0.0.12:5672/jobs",
    "mongodb+srv://reader:Zk3vQx91@c0.example.net/shop",
    "mongodb://u:Zk3vQx91@a.example.net:27017,b.example.net:27017/db",
    "http://u:p@ss@w0rd@example.org/",
    "http://u:Zk3vQx91@[2001:4860:4860::8888]:80/",
  ];
  for (const url of URLS)
    it(`finds ${url} and nothing around it`, () => {
      for (const text of [`see ${url} now`, `URL=${url}`, `"${url}"`, `<${url}>`, `(${url}).`, `${url}, and`, url])
        expect(urls(text), text).to.deep.equal([url]);
    });

  it("reports it as one value, and not the address of the host inside", () => {
    expect(detected("amqp://worker:Zk3vQx91@93.184.216.34:5672/jobs").map(({ type }) => type)).to.deep.equal(["url_credentials"]);
  });

  it("scores the placeholders of manuals below the limit", () => {
    for (const password of ["password", "<pass>", "$PASS", "{DB_PASSWORD}", "***", "your_password", "xxxx"]) {
      const text = `postgres://user:${password}@host/db`;
      if (/^\w+$/.test(password)) expect(everyOf("url_credentials", text)[0], text).to.deep.include({ tags: ["example"] });
      expect(urls(text), text).to.deep.equal([]);
    }
  });

  const LOOK_ALIKES: [string, string][] = [
    ["a user alone", "https://user@acme.com/ ssh://git@github.com:22/a"],
    ["a port", "http://acme.com:8080/x redis://localhost:6379"],
    ["an address in path or query", "https://acme.com/a:b@c https://x.com/?u=a:b@c.com https://medium.com/@user:1"],
    ["other schemes", "mailto:a@b.com urn:isbn:0 sip:joe:pw"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for one`, () => expect(urls(text)).to.deep.equal([]));
});
