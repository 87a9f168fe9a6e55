import { readFileSync } from "node:fs";
import { EXIT, PipelineError } from "@pipeline/shared/errors";
import { classified } from "@pipeline/shared/retryable";
import { parseUri, uriOf } from "@pipeline/shared/uri";
import { expect } from "chai";

const contract = JSON.parse(readFileSync(new URL("../../../../shared/contracts/exit-codes.json", import.meta.url), "utf8"));
const failure = (properties: object) => Object.assign(new Error("Failing row contains (SENTINEL)"), properties);

describe("exit codes", () => {
  it("are the same in the contract and in the code", () => {
    const codes = Object.values(contract as Record<string, { code: number }>).map(({ code }) => code);
    expect(codes.sort()).to.deep.equal(Object.values(EXIT).sort());
  });
});

describe("classified(error, doing)", () => {
  const cases: [object, number][] = [
    [{ code: "40001" }, 75],
    [{ code: "40P01" }, 75],
    [{ code: "ECONNRESET" }, 75],
    [{ name: "SlowDown" }, 75],
    [{ name: "Odd", $metadata: { httpStatusCode: 503 } }, 75],
    [{ name: "Odd", $metadata: { httpStatusCode: 429 } }, 75],
    [{ code: "53300" }, 75],
    [{ code: "53100" }, 75],
    [{ code: "ENOSPC" }, 75],
    [{ code: "EMFILE" }, 78],
    [{ code: "25006" }, 78],
    [{ name: "Forbidden", $metadata: { httpStatusCode: 403 } }, 78],
    [{ code: "28P01" }, 78],
    [{ name: "AccessDenied", $metadata: { httpStatusCode: 403 } }, 78],
    [{ name: "NoSuchBucket" }, 78],
  ];
  for (const [properties, exitCode] of cases)
    it(`turns ${JSON.stringify(properties)} into exit ${exitCode} without quoting the message`, () => {
      const error = classified(failure(properties), "loading") as PipelineError;
      expect(error).to.be.instanceOf(PipelineError).and.include({ exitCode });
      expect(JSON.stringify([error.message, error.stack, error.cause])).to.not.contain("SENTINEL");
    });

  it("leaves alone what no table knows", () => {
    const error = failure({ code: "23505" });
    expect(classified(error, "loading")).to.equal(error);
  });
});

describe("parseUri(uri)", () => {
  it("is undone by uriOf, odd keys included", () => {
    for (const key of ["a/b", "a b/+%/é?#", "日本/x.txt"])
      for (const [scheme, bucket] of [
        ["s3", "corpus"],
        ["file", ""],
      ] as const)
        expect(parseUri(uriOf({ scheme, bucket, key }))).to.deep.equal({ scheme, bucket, key });
  });

  for (const uri of ["", "corpus/key", "http://a/b", "s3:///key", "file://host/key", "s3://b/../c", "s3://b/%2e%2e/c", "s3://b/%zz"])
    it(`refuses "${uri}"`, () => {
      expect(() => parseUri(uri))
        .to.throw(PipelineError)
        .with.property("exitCode", 78);
    });
});
