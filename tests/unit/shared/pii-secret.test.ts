import { expect } from "chai";
import { detected, found } from "../../support/pii.js";

const secrets = (text: string) => found("secret", text);

/** Put together here, so that no scanner takes this file for a leak. */
const CHANCE = "Zk3vQx91LmNs7RtYw2BcDf4GhJp6KqSuVeXaTzEo8iUyW0bMnCrPdHjl5gFA";
const take = (length: number) => CHANCE.slice(0, length);
const HEX = "9241e1839213981fa82b6338b34d9e7a";

describe("detectPii: secret", () => {
  const TOKENS: [string, string][] = [
    ["aws", `AKIA${"QZ3VX7LMNS4RTYW2"}`],
    ["github", `ghp_${take(36)}`],
    ["github", `github_pat_${take(22)}_${CHANCE.slice(0, 59)}`],
    ["gitlab", `glpat-${take(20)}`],
    ["slack", `xoxb-123456789012-123456789012-${take(24)}`],
    ["google", `AIza${take(35)}`],
    ["stripe", `sk_live_${take(24)}`],
    ["npm", `npm_${take(36)}`],
    ["openai", `sk-proj-${take(48)}`],
    ["hugging_face", `hf_${CHANCE.replace(/\d/g, "").slice(0, 34)}`],
    ["sendgrid", `SG.${take(22)}.${take(43)}`],
    ["telegram", `123456789:AA${take(33)}`],
    ["mailgun", `key-${HEX}`],
    [
      "json_web_token",
      `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from('{"sub":"1"}').toString("base64url")}.${take(43)}`,
    ],
    ["wallet_key", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"],
  ];
  for (const [service, token] of TOKENS)
    it(`finds a token of ${service} and nothing around it`, () => {
      for (const text of [`use ${token} for it`, `"${token}"`, `(${token})`, `钥匙${token}。`, token]) {
        expect(secrets(text), text).to.deep.equal([token]);
        expect(detected(text)[0]!.tags).to.include(service);
      }
    });

  it("finds private keys from their first line to the last, or to where they were cut off", () => {
    const body = `${take(60)}\n`.repeat(5);
    for (const name of ["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]) {
      const key = `-----BEGIN ${name}-----\n${body}-----END ${name}-----`;
      expect(secrets(`Keep this:\n${key}\nThanks.`), name).to.deep.equal([key]);
      expect(secrets(key.slice(0, 200)), name).to.deep.equal([key.slice(0, 200)]);
    }
  });

  it("finds values of chance that a label calls secret", () => {
    for (const value of [take(40), take(24), HEX, "a1b2C3d4e5F6g7h8", HEX.slice(0, 16)])
      for (const text of [`AWS_SECRET_ACCESS_KEY=${value}`, `"api_key": "${value}"`, `client_secret = '${value}'`, `token: ${value}`])
        expect(secrets(text), text).to.deep.equal([value]);
    expect(secrets(`color: ${take(40)}`)).to.deep.equal([]);
  });

  it("finds passwords that a label names, in several languages, and what a request sends", () => {
    for (const value of ["hunter2", "Tr0ub4dor&3", "xK9#mQ2v", "p@ssW0rd123", "8fK2-x9Qp-77Lm"])
      for (const text of [
        `password=${value}`,
        `DB_PASSWORD: "${value}"`,
        `The password is ${value}.`,
        `Passwort: ${value}`,
        `пароль: ${value}`,
      ])
        expect(secrets(text), text).to.deep.equal([value]);
    expect(secrets('password: "Summer2024!"')).to.deep.equal(["Summer2024!"]);
    expect(secrets(`Authorization: Bearer ${take(24)}`)).to.deep.equal([take(24)]);
    expect(secrets("Authorization: Basic dXNlcjpwYXNzd29yZDEyMw==")).to.deep.equal(["dXNlcjpwYXNzd29yZDEyMw=="]);
  });

  it("tags keys of manuals", () => {
    expect(detected("AKIAIOSFODNN7EXAMPLE")[0]).to.deep.include({ type: "secret", tags: ["aws", "test_number"] });
  });

  const LOOK_ALIKES: [string, string][] = [
    ["hashes and ids", `${HEX} sha1 ${HEX}9241e183 aabbccdd-ee11-4a22-8b33-cc44dd55ee66 sha512-${take(60)}`],
    ["placeholders", "<your-api-key> api_key = YOUR_API_KEY_HERE_1234 token: example-token-1234567890 key: %SECRET_12345678901%"],
    [
      "code about secrets",
      "token = getTokenFromRequest2(request1); secret = os.environ['SECRET_TOKEN_12']; const key = process.env.SECRET_KEY_22;",
    ],
    ["prose about secrets", "The secret of success: hard work and patience. Password: forgotten again, she said."],
    [
      "placeholders and code for passwords",
      "password=$PASSWORD1 password: <pass1word> PASSWORD=changeme1 password = getPassword1() pwd: os.environ1.get password: user1234 " +
        "password: None, min 8 characters; a password is 8 characters; password: 2024-01-15; passwords: version2",
    ],
    ["public keys and certificates", `-----BEGIN PUBLIC KEY-----\n${take(60)}\n-----END PUBLIC KEY-----`],
    ["a key that is only spoken of", "look for -----BEGIN PRIVATE KEY----- in the file"],
    ["short or longer tokens", `ghp_${take(20)} AKIA1234 xAKIAQZ3VX7LMNS4RTYW2 ghp_${take(44)}`],
    ["data in base 64", `data:image/png;base64,${CHANCE}${CHANCE}`],
  ];
  for (const [name, text] of LOOK_ALIKES) it(`does not take ${name} for a secret`, () => expect(secrets(text)).to.deep.equal([]));
});
