import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf } from "@pipeline/local/local-run/programs";
import { readSettings } from "@pipeline/local/local-run/settings";
import { expect } from "chai";

describe("readSettings(environment)", () => {
  const folder = mkdtempSync(join(tmpdir(), "input "));

  it("makes the sample where no INPUT is given, and keeps everything below OUT", () => {
    const settings = readSettings({ OUT: "/tmp/an out" });
    expect(settings).to.include({ sampleFolder: "/tmp/an out/sample", source: "file:///tmp/an%20out/sample/documents" });
    expect(settings.store).to.equal("file:///tmp/an%20out/store");
  });

  it("hands each task the flags that it declares, and only what was given", () => {
    const { flags } = readSettings({ INPUT: folder, DATASET: "mails", RECIPE: "default", PARTITION: "" });
    expect(flags).to.deep.include({ ingest: ["--recipe=default", "--dataset=mails"], validate: ["--recipe=default"], load: [] });
  });

  const refused: [name: string, value: string, message: RegExp][] = [
    ["JOBS", "0", /^JOBS "0": expected a whole number from 1 to 256/],
    ["JOBS", "two", /^JOBS "two"/],
    ["INPUT", "/no/such/folder", /^INPUT "\/no\/such\/folder": no such folder/],
    ["INPUT", "/etc/passwd", /^INPUT "\/etc\/passwd": no folder; name the one that the file lies in/],
    ["INPUT", "/etc/passwd/texts", /^INPUT "\/etc\/passwd\/texts": no such folder/],
    ["PARTITION", "yesterday", /^PARTITION "yesterday": expected a day that there is, YYYY-MM-DD/],
    ["ON_MISSING", "drop", /expected one of keep, retire/],
    ["S3_URI", "bucket/prefix", /expected s3:\/\/bucket\/prefix/],
    ["RECIPE", "no-such-recipe", /no-such-recipe/],
  ];
  for (const [name, value, message] of refused)
    it(`refuses ${name}=${value} by name`, () => {
      expect(() => readSettings({ [name]: value })).to.throw(message);
    });

  it("leaves OUT out where it lies inside INPUT, and refuses to read what it writes", () => {
    const ingestOf = (variables: Record<string, string>) => readSettings(variables).flags.ingest;
    expect(ingestOf({ INPUT: folder, OUT: join(folder, "some/out") })).to.deep.equal(["--exclude=some/out"]);
    expect(ingestOf({ INPUT: join(folder, ".."), OUT: join(folder, "..out") })[0]).to.match(/^--exclude=input .*\/\.\.out$/);
    expect(ingestOf({ INPUT: folder, OUT: join(folder, "..", "beside") })).to.deep.equal([]);
    expect(ingestOf({ INPUT: folder, OUT: join(folder, "..") })).to.deep.equal([]);
    expect(readSettings({ INPUT: "/", OUT: "/var/none/out" })).to.deep.include({ source: "file:///" });
    expect(ingestOf({ INPUT: "/", OUT: "/var/none/out" })).to.deep.equal(["--exclude=var/none/out"]);
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    expect(() => readSettings({ INPUT: folder, OUT: link })).to.throw(/is INPUT itself/);
  });

  it("never repeats a database address, which may hold a password", () => {
    expect(() => readSettings({ DATABASE_URL: "mysql://me:secret@host/db" })).to.throw(/^DATABASE_URL: expected postgres:/);
  });
});

describe("environmentOf(task, environment)", () => {
  const environment = {
    PATH: "/bin",
    SECRET: "x",
    DATABASE_URL: "postgres://u:p@h/d",
    AWS_REGION: "eu-west-1",
    PIPELINE_LOG_LEVEL: "debug",
  };

  it("tells the database's address only to the tasks that write to it", () => {
    expect(environmentOf("clean-chunk", environment)).to.deep.equal({ AWS_REGION: "eu-west-1", PIPELINE_LOG_LEVEL: "debug" });
    expect(environmentOf("load", environment)).to.have.property("DATABASE_URL");
  });
});
