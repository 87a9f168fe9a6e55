/** What an address is for: public, or one of the ranges that lead to nobody. */
import ipaddr from "ipaddr.js";

const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"].map((range) =>
  ipaddr.parseCIDR(range),
);

/** Where all public IPv6 addresses lie today; what a parser accepts beyond it is code, like a::b. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3");

/** The kind of a valid address: `public`, `private`, `loopback`, `link_local`, `documentation` ... */
export function ipRange(written: string): string {
  const address = ipaddr.process(written); // unwraps ::ffff:8.8.8.8
  const isIn = (range: (typeof DOCUMENTATION)[number]) => range[0].kind() === address.kind() && address.match(range);
  if (DOCUMENTATION.some(isIn)) return "documentation";
  const range = address.range();
  if (range === "unicast") return address.kind() === "ipv4" || isIn(GLOBAL_IPV6) ? "public" : "reserved";
  return range.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
