import { detectPii } from "@pipeline/shared/pii/detect";
import { expect } from "chai";
import { found, SETTINGS } from "../../support/pii.js";

const addresses = (text: string) => found("ip_address", text);

/** With the limit at 0, what the low scores are for. */
function everyAddress(text: string) {
  const type = { ...SETTINGS.types.ip_address!, min_score: 0 };
  return detectPii(text, { ...SETTINGS, types: { ip_address: type } });
}

describe("detectPii: ip_address", () => {
  const PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "2001:4860:4860::8888",
    "2a00:1450:4001:81b:0:0:0:200e",
    "2A00:1450:4001:81B::200E",
    "::ffff:93.184.216.34",
  ];
  for (const address of PUBLIC)
    it(`finds ${address} and nothing around it`, () => {
      for (const text of [
        `from ${address}.`,
        `[${address}]:8080`,
        `(${address})`,
        `地址${address}。`,
        `${address}/24`,
        address,
        `${address}: gone`,
      ])
        expect(addresses(text), text).to.deep.equal([address]);
    });

  it("finds addresses in URLs, after @ and at both ends of a range", () => {
    expect(addresses("http://93.184.216.34:80/x root@93.184.216.35")).to.deep.equal(["93.184.216.34", "93.184.216.35"]);
    expect(addresses("93.184.216.34-93.184.216.40")).to.deep.equal(["93.184.216.34", "93.184.216.40"]);
  });

  it("scores addresses that lead to nobody below the limit, with the range as tag", () => {
    const RANGES = {
      "192.168.1.1": "private",
      "10.0.0.1": "private",
      "127.0.0.1": "loopback",
      "169.254.1.1": "link_local",
      "203.0.113.5": "documentation",
      "224.0.0.1": "multicast",
      "::1": "loopback",
      "fe80::1%eth0": "link_local",
      "fd00::1": "unique_local",
      "2001:db8::1": "documentation",
    };
    for (const [address, range] of Object.entries(RANGES)) {
      expect(addresses(`host ${address}`), address).to.deep.equal([]);
      expect(everyAddress(`host ${address}`)[0], address).to.deep.include({ start: 5, end: 5 + address.length, tags: [range] });
    }
  });

  it("takes small numbers for an address only where a word says so", () => {
    expect(addresses("see 5.6.7.8 for more")).to.deep.equal([]);
    expect(addresses("the server at 5.6.7.8")).to.deep.equal(["5.6.7.8"]);
  });

  const LOOK_ALIKES: [string, string][] = [
    ["versions", "version 31.52.73.4, v31.52.73.4, Chrome/120.0.6.2, upgraded from release 31.52.73.4 to 31.52.73.5"],
    ["requirements", "tool==91.18.10.55 tool>=91.28.167.147 ^91.24.152.215 ~91.19.207.236"],
    ["sections", "section 21.3.4.5 and § 21.3.4.6, rule 64.2.1.9, Table 33.2.1.4, Kapitel 23.4.5.6, пункта 23.4.5.6"],
    ["longer sequences", "1.3.6.1.4.1 93.184.216.34.5 93.184.216.34.in-addr.arpa"],
    ["file names", "tool-93.184.216.34.tar 93.184.216.34-beta"],
    ["numbers out of range", "256.1.1.1 93.184.216.034 93.184.216"],
    ["times", "12:34:56 2024:01:15 12:34:56"],
    ["hardware addresses", "00:1b:44:11:3a:b7"],
    ["code", "std::vector a::b Foo::Bar ::add dead::beef 3::4 ::"],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for an address`, () => expect(addresses(text)).to.deep.equal([]));
});
