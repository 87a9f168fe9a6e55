/** A region of the recipe to what is needed to recognise its national numbers. */
import { type CountryCode, getCountryCallingCode, getExampleNumber, isSupportedCountry } from "libphonenumber-js";
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

const plans = new Map<string, PhonePlan>();

/** Throws RangeError for a region that no numbering plan is known of. */
export function phonePlanOf(region: string): PhonePlan {
  const plan = plans.get(region) ?? readPlan(region);
  plans.set(region, plan);
  return plan;
}

function readPlan(region: string): PhonePlan {
  if (!isSupportedCountry(region)) throw new RangeError(`pii.phone_regions: "${region}" is not a region with a known numbering plan`);
  const example = getExampleNumber(region, examples)?.formatNational() ?? "";
  return { region, callingCode: getCountryCallingCode(region), hasTrunkZero: /^\(?0/.test(example), isInPairs: IN_PAIRS.test(example) };
}
