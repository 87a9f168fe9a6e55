/** What every object store must do; run against each adapter. */
import { buffer } from "node:stream/consumers";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { expect } from "chai";

const bytes = (text: string) => Buffer.from(text);

export function objectStoreContract(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} is an object store`, () => {
    let store: ObjectStore;
    beforeEach(async () => {
      store = await open();
    });

    it("answers null for what is missing", async () => {
      expect(await store.get("a/missing")).to.equal(null);
      expect(await store.head("a/missing")).to.equal(null);
      expect(await store.stream("a/missing")).to.equal(null);
      await store.delete("a/missing");
    });

    it("gives back what was put, whole and by range", async () => {
      const body = Buffer.from([0, 255, 10, 13, 128, 65]);
      await store.put("a/b.bin", body);
      expect((await store.get("a/b.bin"))!.body).to.deep.equal(body);
      expect((await store.head("a/b.bin"))!.sizeBytes).to.equal(6);
      expect(await buffer((await store.stream("a/b.bin", { start: 1, end: 3 }))!)).to.deep.equal(body.subarray(1, 3));
      expect(await buffer((await store.stream("a/b.bin"))!)).to.deep.equal(body);
    });

    it("keeps an empty object", async () => {
      await store.put("empty", bytes(""));
      expect((await store.get("empty"))!.body.length).to.equal(0);
    });

    it("lets exactly one of many create-only writers win", async () => {
      const wins = await Promise.all(Array.from({ length: 12 }, (_, n) => store.putIfAbsent("once", bytes(`writer ${n}`))));
      expect(wins.filter(Boolean)).to.have.length(1);
      expect((await store.get("once"))!.body.toString()).to.equal(`writer ${wins.indexOf(true)}`);
    });

    it("replaces only the version that was read", async () => {
      await store.put("m", bytes("one"));
      const { etag } = (await store.head("m"))!;
      expect(await store.replaceIfMatch("m", bytes("two"), etag)).to.equal(true);
      expect(await store.replaceIfMatch("m", bytes("three"), etag)).to.equal(false);
      expect(await store.replaceIfMatch("gone", bytes("x"), etag)).to.equal(false);
      expect((await store.get("m"))!.body.toString()).to.equal("two");
    });

    it("lists by prefix in the order of UTF-8 bytes, odd names included", async () => {
      const keys = ["p/a b+%.txt", "p/b:2", "p/dir/é", "p/dir/日本", "p/Z", "q/other"];
      for (const key of keys) await store.put(key, bytes(key));
      const found: string[] = [];
      for await (const key of store.list("p/")) found.push(key);
      const expected = keys.filter((key) => key.startsWith("p/")).sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
      expect(found).to.deep.equal(expected);
      await store.delete("p/Z");
      expect(await store.get("p/Z")).to.equal(null);
    });

    it("refuses a key that climbs", async () => {
      for (const key of ["../up", "a/../../b", "a//b", "./a"]) {
        const error = await store.put(key, bytes("x")).then(
          () => null,
          (thrown: { code: string; exitCode: number }) => thrown,
        );
        expect(error, key).to.include({ code: "bad_key", exitCode: 78 });
      }
    });
  });
}
