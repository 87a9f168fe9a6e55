/** Keys and tokens that services give out in a form of their own, so that they can be told from anything else. */
import { crc32 } from "node:zlib";

interface Format {
  readonly service: string;
  readonly pattern: RegExp;
  /** What stands in front of the run of token characters that `pattern` is tried at. */
  readonly lead?: RegExp;
  /** Where the form is not enough. */
  readonly isRight?: (token: string) => boolean;
  /** Some forms hold a checksum; with a wrong one a token is made up, or misread. */
  readonly hasRightChecksum?: (token: string) => boolean;
}

/** From the public documentation of each service; `y` because each is tried where a run of token characters begins. */
const FORMATS: readonly Format[] = [
  { service: "aws", pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/y },
  { service: "github", pattern: /gh[pousr]_[A-Za-z0-9]{36}/y, hasRightChecksum: hasGithubChecksum },
  { service: "github", pattern: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/y },
  { service: "gitlab", pattern: /gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[A-Za-z0-9_-]{20,64}/y },
  { service: "slack", pattern: /xox[abeoprs]-(?:\d{1,2}-)?(?:[A-Za-z0-9]{8,}-){1,4}[A-Za-z0-9]{20,}/y },
  { service: "slack", pattern: /xapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-f0-9]{40,}/y },
  { service: "google", pattern: /AIza[A-Za-z0-9_-]{35}/y },
  { service: "google", pattern: /GOCSPX-[A-Za-z0-9_-]{28}/y },
  { service: "stripe", pattern: /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/y },
  { service: "stripe", pattern: /whsec_[A-Za-z0-9+/=]{32,}/y },
  { service: "npm", pattern: /npm_[A-Za-z0-9]{36}/y, hasRightChecksum: hasGithubChecksum },
  { service: "pypi", pattern: /pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}/y },
  { service: "openai", pattern: /sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}/y },
  { service: "openai", pattern: /sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}/y },
  { service: "anthropic", pattern: /sk-ant-(?:api|admin)\d\d-[A-Za-z0-9_-]{80,}/y },
  { service: "hugging_face", pattern: /hf_[A-Za-z]{34}/y },
  { service: "sendgrid", pattern: /SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/y },
  { service: "twilio", pattern: /SK[0-9a-f]{32}/y },
  { service: "mailgun", pattern: /key-[0-9a-f]{32}/y },
  { service: "mailchimp", pattern: /[0-9a-f]{32}-us\d{1,2}/y },
  { service: "digitalocean", pattern: /do[opr]_v1_[0-9a-f]{64}/y },
  { service: "shopify", pattern: /shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/y },
  { service: "square", pattern: /(?:sq0atp|sq0csp)-[A-Za-z0-9_-]{22,43}/y },
  { service: "databricks", pattern: /dapi[0-9a-f]{32}/y },
  { service: "notion", pattern: /(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{46})/y },
  { service: "postman", pattern: /PMAK-[0-9a-f]{24}-[0-9a-f]{34}/y },
  { service: "pulumi", pattern: /pul-[0-9a-f]{40}/y },
  { service: "linear", pattern: /lin_api_[A-Za-z0-9]{40}/y },
  { service: "grafana", pattern: /glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}/y },
  { service: "vault", pattern: /hv[sb]\.[A-Za-z0-9_-]{24,}/y },
  { service: "age", pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y },
  { service: "telegram", lead: /(?<!\d)\d{8,10}:$/, pattern: /AA[A-Za-z0-9_-]{33}/y },
  { service: "json_web_token", pattern: /eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{10,}/y, isRight: hasTokenHeader },
];

/** What every format but these begins with lies in one run of token characters; these have a dot early on. */
const EARLY_DOT = /(?:SG\.|hv[sb]\.)[A-Za-z0-9_-]{22}/g;

export interface Token {
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
}

const LONGEST_LEAD = 12;
/** How any of them begins, so that most runs are done with at once. */
const HEAD =
  /A(?:KIA|SIA|BIA|CCA|Iza|A|GE-)|GOCSPX|S[GK]|PMAK|g(?:h[pousr]_|ithub_pat_|l[a-z]{2,5}[-_])|x(?:ox|app)|[rs]k[_-]|whsec_|npm_|pypi-|hf_|key-|[0-9a-f]{32}-us|do[opr]_|shp|sq0|dapi|secret_|ntn_|pul-|lin_|hv[sb]\.|eyJ/y;

/** The token whose run of token characters begins here. */
export function tokenAt(text: string, runStart: number): Token | undefined {
  HEAD.lastIndex = runStart;
  if (!HEAD.test(text)) return undefined;
  for (const { service, lead, pattern, isRight, hasRightChecksum } of FORMATS) {
    pattern.lastIndex = runStart;
    const written = pattern.exec(text)?.[0];
    if (written === undefined || (isRight !== undefined && !isRight(written))) continue;
    const before = lead?.exec(text.slice(Math.max(0, runStart - LONGEST_LEAD), runStart))?.[0];
    if (lead !== undefined && before === undefined) continue;
    const isCertain = hasRightChecksum?.(written) ?? true;
    return { service, start: runStart - (before?.length ?? 0), end: runStart + written.length, isCertain };
  }
  return undefined;
}

/** Places where a token with an early dot may begin. */
export const earlyDots = (text: string): number[] => Array.from(text.matchAll(EARLY_DOT), ({ index }) => index);

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM = 6;

/** The last six characters are the CRC-32 of the thirty before, in base 62 (GitHub, npm). */
function hasGithubChecksum(token: string): boolean {
  const random = token.slice(token.indexOf("_") + 1, -CHECKSUM);
  let check = "";
  for (let rest = crc32(random); rest > 0; rest = Math.floor(rest / 62)) check = BASE62[rest % 62] + check;
  return check.padStart(CHECKSUM, "0") === token.slice(-CHECKSUM);
}

/** The first part is JSON that names an algorithm. */
function hasTokenHeader(token: string): boolean {
  return Buffer.from(token.slice(0, token.indexOf(".")), "base64url").includes('"alg"');
}
