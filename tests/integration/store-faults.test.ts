import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { s3Client, s3ObjectStore } from "@pipeline/shared/adapters/s3-object-store";
import { sha256Of } from "@pipeline/shared/ids";
import { readRecords } from "@pipeline/shared/part-reader";
import { PartWriter } from "@pipeline/shared/part-writer";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { classified } from "@pipeline/shared/retryable";
import { expect } from "chai";
import { type Fault, type FaultProxy, startFaultProxy } from "../support/fault-proxy.js";
import { type Moto, startMoto } from "../support/moto.js";
import { errorOf, folderOf, prose } from "../support/steps.js";

const PROGRAM = fileURLToPath(new URL("../../../tasks/", import.meta.url));
const SILENCE_MS = 1_500; // a busy machine's server may well think so long
const BUCKET = "corpus";

const PASSING: readonly Fault[] = [
  { kind: "status", status: 503, name: "SlowDown" },
  { kind: "status", status: 500, name: "InternalError" },
  { kind: "reset" },
  { kind: "answer-lost" },
  { kind: "silent" },
  { kind: "slow", ms: 300 },
];
const LASTING: readonly [Fault, exitCode: number][] = [
  [{ kind: "status", status: 503, name: "SlowDown" }, 75],
  [{ kind: "status", status: 500, name: "InternalError" }, 75],
  [{ kind: "status", status: 429, name: "TooManyRequests" }, 75],
  [{ kind: "reset" }, 75],
  [{ kind: "silent" }, 75],
  [{ kind: "status", status: 403, name: "AccessDenied" }, 78],
  [{ kind: "status", status: 404, name: "NoSuchBucket" }, 78],
];
const nameOf = (fault: Fault): string => ("name" in fault ? `${fault.status} ${fault.name}` : fault.kind);

describe("an S3 server on bad days", function () {
  this.timeout(120_000);
  let moto: Moto;
  let proxy: FaultProxy;
  let store: ObjectStore;
  let environment: Record<string, string>;
  let part: Awaited<ReturnType<PartWriter["close"]>>;
  before(async function () {
    this.timeout(300_000); // the first start installs the server
    moto = await startMoto();
    proxy = await startFaultProxy(moto.url);
    environment = { AWS_ENDPOINT_URL_S3: proxy.url, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };
    for (const [name, value] of Object.entries(environment)) process.env[name] = value; // where the client's default chain looks
    const client = s3Client(environment, SILENCE_MS);
    await s3Client(environment).send(new CreateBucketCommand({ Bucket: BUCKET })); // the first request makes the server load half of itself
    store = s3ObjectStore(client, BUCKET);
    const writer = new PartWriter({ store, prefix: "parts/", uriOf: (key) => `s3://${BUCKET}/${key}` }, "words");
    for (let n = 0; n < 20_000; n++) await writer.write(sha256Of(String(n)));
    part = await writer.close();
  });
  beforeEach(() => proxy.heal());
  after(async () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    await proxy?.stop();
    await moto?.stop();
  });

  for (const fault of PASSING)
    it(`is not noticed when it fails once: ${nameOf(fault)}`, async () => {
      const key = `once/${nameOf(fault).replaceAll(" ", "-")}`;
      const once = async <T>(act: () => Promise<T>): Promise<T> => {
        proxy.inject(fault, () => true, 1);
        const given = await act();
        expect(proxy.faults()).to.equal(1);
        return given;
      };
      await once(() => store.put(key, Buffer.from("one")));
      expect((await once(() => store.get(key)))!.body.toString()).to.equal("one");
      const { etag } = (await once(() => store.head(key)))!;
      await once(() => store.replaceIfMatch(key, Buffer.from("two"), etag));
      proxy.heal();
      expect((await store.get(key))!.body.toString()).to.equal("two");
      await once(() => store.putIfAbsent(`${key}/absent`, Buffer.from("there"))); // false when only the answer was lost: it is there
      expect((await store.get(`${key}/absent`))!.body.toString()).to.equal("there");
      await once(() => store.delete(`${key}/absent`));
    });

  it("gives the whole of an object although its answer broke off in the middle", async () => {
    await store.put("broken", Buffer.alloc(100_000, "x"));
    proxy.inject({ kind: "truncated" }, () => true, 2);
    expect((await store.get("broken"))!.body.length).to.equal(100_000);
  });

  for (const [fault, exitCode] of LASTING)
    it(`means exit code ${exitCode} when it goes on failing: ${nameOf(fault)}`, async () => {
      await store.put("lasting", Buffer.from("one"));
      proxy.inject(fault);
      const acts = [
        () => store.get("lasting"),
        () => store.put("lasting", Buffer.from("two")),
        () => store.putIfAbsent("lasting-2", Buffer.from("two")),
        async () => {
          for await (const _ of store.list("lasting"));
        },
      ];
      for (const act of fault.kind === "silent" ? acts.slice(0, 1) : acts) // four times silence each
        expect(await errorOf(act())).to.include({ exitCode });
      proxy.heal();
      expect((await store.get("lasting"))!.body.toString()).to.be.oneOf(["one", "two"]);
    });

  it("never passes for whole what is cut off, nor calls it damaged", async () => {
    proxy.inject({ kind: "truncated" });
    const read = async () => {
      for await (const _ of readRecords({ store, root: { scheme: "s3", bucket: BUCKET, key: "" } }, part, String));
    };
    expect(classified(await errorOf(read()), "reading")).to.include({ exitCode: 75 });
  });

  it("means exit code 78 when whoever answers is no S3 server", async () => {
    proxy.inject({ kind: "garbage" });
    expect(await errorOf(store.get("lasting"))).to.include({ exitCode: 78 });
  });

  for (const [fault, exitCode] of [
    [{ kind: "status", status: 503, name: "SlowDown" }, 75],
    [{ kind: "status", status: 403, name: "AccessDenied" }, 78],
  ] as const)
    it(`ends a program with ${exitCode} and no manifest: ${fault.name}`, async () => {
      const out = `s3://${BUCKET}/programs/${fault.name}/runs/r/ingest.json`;
      proxy.inject(fault, (method, path) => method === "PUT" && path.includes("/parts/"));
      const argv = [`${PROGRAM}ingest/dist/main.js`, "--in", `file://${await folderOf({ "a.txt": prose(1) })}`, "--out", out];
      const child = spawn(process.execPath, argv, { env: { PATH: process.env.PATH, ...environment }, stdio: "ignore" });
      const [code] = await once(child, "close");
      expect(code).to.equal(exitCode);
      proxy.heal();
      expect(await store.get(out.slice(`s3://${BUCKET}/`.length))).to.equal(null);
      const end = (await store.get(`programs/${fault.name}/runs/r/events/ingest/run/1-end.json`))!;
      expect(JSON.parse(end.body.toString())).to.include({ status: "failed", exitCode });
    });
});
