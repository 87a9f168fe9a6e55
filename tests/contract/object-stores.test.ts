import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { filesystemObjectStore } from "@pipeline/shared/adapters/filesystem-object-store";
import { memoryObjectStore } from "@pipeline/shared/adapters/memory-object-store";
import { s3ObjectStore } from "@pipeline/shared/adapters/s3-object-store";
import { sha256Of } from "@pipeline/shared/ids";
import { ownerName } from "@pipeline/shared/owner";
import { expect } from "chai";
import { type Moto, startMoto } from "../support/moto.js";
import { errorOf } from "../support/steps.js";
import { objectStoreContract } from "./object-store-contract.js";

const folder = () => mkdtemp(join(tmpdir(), "object-store-"));

objectStoreContract("memory", async () => memoryObjectStore());
objectStoreContract("filesystem", async () => filesystemObjectStore(await folder()));

describe("with an S3 server", () => {
  let moto: Moto;
  let client: S3Client;
  let opened = 0;
  before(async function () {
    this.timeout(300_000); // the first start installs the server
    moto = await startMoto();
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new S3Client({ endpoint: moto.url, forcePathStyle: true, region: "us-east-1", credentials });
    await client.send(new CreateBucketCommand({ Bucket: "corpus" }));
  });
  after(() => moto?.stop());

  objectStoreContract("S3", async () => s3ObjectStore(client, "corpus", `test-${opened++}/`));

  it("lists past the page of 1,000 keys", async () => {
    const store = s3ObjectStore(client, "corpus", "many/");
    for (let n = 0; n < 1001; n += 77)
      await Promise.all(Array.from({ length: Math.min(77, 1001 - n) }, (_, i) => store.put(`k/${n + i}`, Buffer.from("x"))));
    let found = 0;
    for await (const _ of store.list("k/")) found++;
    expect(found).to.equal(1001);
  });

  it("says that a bucket which is not there must be named otherwise", async () => {
    const error = await s3ObjectStore(client, "nowhere")
      .put("a", Buffer.from("x"))
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error).to.include({ exitCode: 78, code: "refused" });
  });
});

describe("filesystemObjectStore(root)", () => {
  it("does not follow a symbolic link out of the root", async () => {
    const [root, outside] = [await folder(), await folder()];
    await writeFile(join(outside, "secret"), "s");
    await symlink(outside, join(root, "way-out"));
    const error = await filesystemObjectStore(root)
      .get("way-out/secret")
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error).to.include({ code: "bad_key" });
  });

  it("takes over the lock of a process that died", async () => {
    const root = await folder();
    const store = filesystemObjectStore(root);
    await store.put("m", Buffer.from("one"));
    const lock = join(root, ".writing", `lock-${sha256Of("m").slice(0, 16)}`);
    for (const dead of [nameOfTheDead(), "elsewhere.1.1"]) {
      await writeFile(lock, dead);
      if (dead === "elsewhere.1.1") await utimes(lock, 0, 0); // nobody here can ask for it: only its age tells
      const { etag } = (await store.head("m"))!;
      expect(await store.replaceIfMatch("m", Buffer.from(dead), etag), dead).to.equal(true);
    }
    expect(await readdir(root)).to.have.members(["m", ".writing"]);
    expect(await readdir(join(root, ".writing"))).to.deep.equal([]);
  });

  it("waits for the lock of a process that lives", async () => {
    const root = await folder();
    const store = filesystemObjectStore(root);
    await store.put("m", Buffer.from("one"));
    const lock = join(root, ".writing", `lock-${sha256Of("m").slice(0, 16)}`);
    await writeFile(lock, ownerName());
    const { etag } = (await store.head("m"))!;
    let isDone = false;
    const replaced = store.replaceIfMatch("m", Buffer.from("two"), etag).finally(() => {
      isDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isDone).to.equal(false);
    await rm(lock);
    expect(await replaced).to.equal(true);
  });

  it("removes what a killed writer left, and nothing of one that may still write", async () => {
    const root = await folder();
    const aside = join(root, ".writing");
    await mkdir(aside);
    const [dead, living, unknown, old] = [`${nameOfTheDead()}-1`, `${ownerName()}-1`, "elsewhere.1.1-1", "elsewhere.1.1-2"];
    for (const name of [dead, living, unknown, old]) await writeFile(join(aside, name), "half");
    await utimes(join(aside, old), 0, 0);
    const store = filesystemObjectStore(root);
    await store.put("m", Buffer.from("one"));
    expect(await readdir(aside)).to.have.members([living, unknown]);
    const keys: string[] = [];
    for await (const key of store.list("")) keys.push(key);
    expect(keys).to.deep.equal(["m"]);
    expect(await errorOf(store.put(".writing/m", Buffer.from("")))).to.include({ code: "bad_key" });
  });
});

/** Of this machine, with a number above the largest pid of Linux. */
const nameOfTheDead = (): string => ownerName().replace(/\.\d+\.\d+$/, ".4194305.1");
