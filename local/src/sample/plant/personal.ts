/** Documents with personal data of one type each, every value made up, its place in the text known. */
import type { FeatureName } from "@pipeline/shared/truth";
import { allIbans, ssn } from "../personal/accounts.js";
import { allCards } from "../personal/cards.js";
import { allIpAddresses, allPhones, email, ODD_EMAILS } from "../personal/contacts.js";
import { cryptoAddresses } from "../personal/crypto.js";
import { nationalIds } from "../personal/national-ids.js";
import { macAddresses, secrets, urlsWithCredentials } from "../personal/secrets.js";
import type { Value } from "../personal/value.js";
import { passage } from "../phrases.js";
import { fill, kept, numbered, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

/** Sentences for a value of each type, `{}` where it stands. */
export const SENTENCES = {
  credit_card: [
    "Please charge it to {} before Friday.",
    "The card number is {}, in the name of the firm.",
    "He read out {} over the telephone.",
    "Paid with {} (see the receipt).",
    "卡号是{}，请核对。",
  ],
  email: ["Write to {} for a copy.", "The reply came from {} the same day.", "(Questions: {})", "联系{}即可。"],
  phone: ["Call {} after nine.", "The office answers at {} on weekdays.", "Her number was {}, she said."],
  ip_address: ["The request came from {} at night.", "The name resolves to {} everywhere.", "Connections to {} were refused."],
  us_ssn: [
    "His social security number is {} on both forms.",
    "The applicant, SSN {}, was interviewed.",
    "She wrote {} into the field for the SSN.",
  ],
  iban: ["Transfer the amount to {} within ten days.", "The account {} was closed.", "Our IBAN: {}."],
  crypto_address: ["Send the coins to {} and tell us.", "The wallet {} was emptied."],
  mac_address: ["The adapter {} is not registered.", "The switch saw {} on two ports."],
  url_credentials: ["The script still fetched {} every hour.", "The address {} was left in the settings."],
  secret: ["The key {} must be replaced.", "Somebody had published {} by mistake."],
} as const;

/** A value and the sentence that it stands in, at `{}`. */
export interface Placed extends Value {
  readonly sentence: string;
}

/** Each value in a sentence that suits its type, in turn. */
export function placed(values: readonly Value[]): Placed[] {
  return values.map((value, index) => {
    const sentences: readonly string[] = SENTENCES[value.type as keyof typeof SENTENCES];
    return { ...value, sentence: sentences[index % sentences.length]! };
  });
}

/** Prose with the sentences in paragraphs of their own, as a template for `fill`. */
export function templateOf(random: Random, sentences: readonly string[]): string {
  const parts = sentences.map((sentence, index) => `${passage(random, random.between(2, 5))}\n\n${sentence.replace("{}", `{{${index}}}`)}`);
  return `${parts.join("\n\n")}\n\n${passage(random, 3)}\n`;
}

/** Documents of `size` values each; every document of one type has the feature of that name. */
function documents(name: FeatureName, size: number, values: readonly Placed[]): Planted[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const own = values.slice(index * size, (index + 1) * size);
    const template = templateOf(
      randomOf(`${name}/${index}`),
      own.map(({ sentence }) => sentence),
    );
    const { text, spans } = fill(template, own);
    return plant(`personal/${numbered(name.replaceAll("_", "-"), index)}`, text, kept(name, { pii: spans }));
  });
}

const times = (count: number, make: (random: Random) => Value, random: Random) => Array.from({ length: count }, () => make(random));

/** One type a document, under personal/. */
export function plantPersonal(): Planted[] {
  const random = randomOf("personal");
  return [
    ...documents("credit_card", 3, placed(allCards(random))),
    ...documents("email", 4, placed([...times(32, email, random), ...ODD_EMAILS])),
    ...documents("phone", 2, placed(allPhones(random))),
    ...documents("ip_address", 2, placed(allIpAddresses())),
    ...documents("us_ssn", 2, placed(times(16, ssn, random))),
    ...documents("iban", 3, placed(allIbans(random))),
    ...documents("crypto_address", 1, placed(cryptoAddresses(random))),
    ...documents("mac_address", 1, placed(macAddresses(random))),
    ...documents("url_credentials", 1, placed(urlsWithCredentials(random))),
    ...documents("secret", 1, placed(secrets(random))),
    ...documents(
      "national_id",
      1,
      nationalIds(random).map((value) => ({ ...value, sentence: `Her ${value.called} is {}, as the form says.` })),
    ),
  ];
}
