/** Numbers to the words that a reader takes in at a glance. */

/** 12345 -> "12,345"; fractions with at most two digits. */
export function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** 1234567 -> "1.23 M". */
export function compact(value: number): string {
  if (value < 10_000) return number(value);
  return value < 1e6 ? `${number(Math.round(value / 100) / 10)} k` : `${number(Math.round(value / 1e4) / 100)} M`;
}

/** The share as per cent; what is there is never shown as 0, and what is missing never as 100. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const value = (100 * part) / whole;
  if (part > 0 && value < 0.1) return "< 0.1 %";
  if (part < whole && value > 99.9) return "> 99.9 %";
  return `${value.toFixed(value === 0 || value === 100 ? 0 : 1)} %`;
}

/** A share of 0 to 1 with two digits; a dash where there is none. */
export function share(value: number | null | undefined): string {
  return value == null ? "–" : value.toFixed(2);
}

/** Bytes in units of a thousand. */
export function bytes(value: number): string {
  if (value < 1e3) return `${value} B`;
  if (value < 1e6) return `${number(Math.round(value / 100) / 10)} kB`;
  return value < 1e9 ? `${number(Math.round(value / 1e5) / 10)} MB` : `${number(Math.round(value / 1e8) / 10)} GB`;
}

/** 75.2 -> "1 min 15 s". */
export function duration(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  if (tenths < 600) return `${number(tenths / 10)} s`;
  const whole = Math.round(seconds); // before it is cut into minutes, or 119.7 would be 1 min 60 s
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** "2026-03-01T10:20:30.000Z" -> "2026-03-01 10:20 UTC". */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** "1 chunk", "2 chunks". */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

/** ISO 639 code -> English name; "und" is a language that could not be told. */
export function languageName(code: string): string {
  if (code === "und") return "not told";
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code; // RangeError: no such form of code
  }
}

/** Names and counts, most first; equal counts by name. */
export function ranked(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
