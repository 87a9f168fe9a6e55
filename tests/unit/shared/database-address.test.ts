import { X509Certificate } from "node:crypto";
import { databaseUrlOf } from "@pipeline/shared/config";
import { trusted } from "@pipeline/shared/postgres/server-trust";
import { expect } from "chai";

const OWN = "postgres://db.example:6432/corpus?sslmode=verify-full";
const RDS = "postgres://me:secret@corpus.abc.eu-central-1.rds.amazonaws.com:5432/corpus";

describe("databaseUrlOf(environment)", () => {
  it("puts user and password of their own into an address that names nobody", () => {
    const url = databaseUrlOf({ DATABASE_URL: OWN, PGUSER: "pipeline owner", PGPASSWORD: "a:b/c@d%e?" });
    expect(url).to.equal("postgres://pipeline%20owner:a%3Ab%2Fc%40d%25e%3F@db.example:6432/corpus?sslmode=verify-full");
    expect(decodeURIComponent(new URL(url).password)).to.equal("a:b/c@d%e?");
  });

  it("leaves an address alone that names somebody", () => {
    expect(databaseUrlOf({ DATABASE_URL: RDS, PGUSER: "other", PGPASSWORD: "other" })).to.equal(RDS);
  });

  it("refuses a missing address without a word about the password", () => {
    expect(() => databaseUrlOf({ PGUSER: "u", PGPASSWORD: "hush" })).to.throw(/^DATABASE_URL: expected postgres:(?!.*hush)/);
  });
});

describe("trusted(url)", () => {
  it("asks a server on RDS for a certificate of Amazon's, whatever the address says of TLS", () => {
    for (const mode of ["", "?sslmode=disable", "?sslmode=no-verify", "?sslmode=verify-full"]) {
      const { url, ssl } = trusted(RDS + mode);
      expect(url).to.equal(RDS);
      expect(ssl?.ca).to.have.length.above(100);
    }
  });

  it("knows the authority that the database module names, and for years to come", () => {
    const subjects = trusted(RDS).ssl!.ca.map((pem) => new X509Certificate(pem));
    const authority = subjects.find(({ subject }) => subject.includes("CN=Amazon RDS eu-central-1 Root CA RSA2048 G1"));
    expect(new Date(authority!.validTo).getFullYear()).to.be.above(2050);
  });

  it("leaves other servers, and a trust of the caller's own, to the address", () => {
    expect(trusted(OWN)).to.deep.equal({ url: OWN });
    expect(trusted(`${RDS}?sslrootcert=/ca.pem`)).to.deep.equal({ url: `${RDS}?sslrootcert=/ca.pem` });
  });
});
