import { expect } from "chai";
import { everyOf, found } from "../../support/pii.js";

const addresses = (text: string) => found("mac_address", text);

describe("detectPii: mac_address", () => {
  const ADDRESSES = ["00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7", "001b.4411.3ab7", "de:ad:be:ef:ca:fe", "A4:5E:60:C2:0D:9F"];
  for (const address of ADDRESSES)
    it(`finds ${address} and nothing around it`, () => {
      for (const text of [
        `seen at ${address}.`,
        `mac=${address}`,
        `(${address})`,
        `地址${address}。`,
        `"${address}"`,
        address,
        `${address}, and`,
      ])
        expect(addresses(text), text).to.deep.equal([address]);
    });

  it("finds pairs of decimal digits only where a word says what they are", () => {
    expect(addresses("at 12:34:56:78:90:12 sharp")).to.deep.equal([]);
    expect(addresses("MAC address 12:34:56:78:90:12")).to.deep.equal(["12:34:56:78:90:12"]);
  });

  it("scores addresses that lead to no device below the limit, with their use as tag", () => {
    const USES = {
      "ff:ff:ff:ff:ff:ff": "broadcast",
      "00:00:00:00:00:00": "broadcast",
      "01:00:5e:00:00:fb": "multicast",
      "00:00:5e:00:53:af": "documentation",
    };
    for (const [address, use] of Object.entries(USES)) {
      expect(addresses(`to ${address}`), address).to.deep.equal([]);
      expect(everyOf("mac_address", `to ${address}`)[0], address).to.deep.include({ tags: [use] });
    }
  });

  const LOOK_ALIKES: [string, string][] = [
    ["times", "12:34:56 12:34:56:12"],
    ["IPv6 addresses", "2001:db8:85a3:0:0:8a2e:370:7334 fe80::21b:44ff:fe11:3ab7"],
    ["fingerprints", "aa:bb:cc:dd:ee:ff:00:11:22:33:44:55 1a-2b-3c-4d-5e-6f-70-81"],
    ["UUIDs", "aabbccdd-ee11-4a22-8b33-cc44dd55ee66"],
    ["parts of words", "xaa:bb:cc:dd:ee:ff aa:bb:cc:dd:ee:ffx aa:bb:cc:dd:ee"],
    ["mixed separators", "aa:bb-cc:dd:ee:ff"],
    ["numbers with dots", "1234.5678.9012"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for an address`, () => expect(addresses(text)).to.deep.equal([]));
});
