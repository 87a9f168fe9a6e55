/** Text to IP addresses: public ones count, private and reserved ones score low, and version numbers, times and code are left alone. */
import type { Candidate, Detector } from "../candidate.js";
import { resolveOverlaps } from "../overlaps.js";
import type { Subject } from "../subject.js";
import { findIpv4 } from "./ipv4.js";
import { findIpv6 } from "./ipv6.js";

/** Mapped addresses (::ffff:8.8.8.8) are found by both; the longer one stays. */
export const ipAddress: Detector = {
  type: "ip_address",
  find: (subject: Subject): Candidate[] => resolveOverlaps([...findIpv4(subject), ...findIpv6(subject)]),
};
