/** A region of the recipe to what is needed to recognise its national numbers. */
import { type CountryCode, getCountryCallingCode, getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/mobile/examples";

export interface PhonePlan {
  readonly region: CountryCode;
  readonly callingCode: string;
  /** National numbers are written with a 0 in front. */
  readonly hasTrunkZero: boolean;
  /** ... and in pairs: 01 42 68 53 00. */
  readonly isInPairs: boolean;
}

export const IN_PAIRS = /^\d\d(?:[ .-]\d\d){3,5}$/;

const plans = new Map<CountryCode, PhonePlan>();

/** What is known of a region; read once. */
export function phonePlanOf(region: CountryCode): PhonePlan {
  const plan = plans.get(region) ?? readPlan(region);
  plans.set(region, plan);
  return plan;
}

function readPlan(region: CountryCode): PhonePlan {
  const example = getExampleNumber(region, examples)?.formatNational() ?? "";
  return { region, callingCode: getCountryCallingCode(region), hasTrunkZero: /^\(?0/.test(example), isInPairs: IN_PAIRS.test(example) };
}
