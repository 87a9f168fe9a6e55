/** The types of personal data that are looked for. A further type is one file and one line here, and one member in the recipe. */
import type { Detector } from "./candidate.js";
import { creditCard } from "./credit-card/detector.js";
import { cryptoAddress } from "./crypto-address/detector.js";
import { email } from "./email/detector.js";
import { iban } from "./iban.js";
import { ipAddress } from "./ip-address/detector.js";
import { macAddress } from "./mac-address.js";
import { nationalId } from "./national-id/detector.js";
import { phone } from "./phone/detector.js";
import { secret } from "./secret/detector.js";
import { urlCredentials } from "./url-credentials.js";
import { usSsn } from "./us-ssn.js";

export const DETECTORS: readonly Detector[] = [
  creditCard,
  email,
  phone,
  ipAddress,
  usSsn,
  iban,
  nationalId,
  cryptoAddress,
  macAddress,
  urlCredentials,
  secret,
];
