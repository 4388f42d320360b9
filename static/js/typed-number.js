/** Whole numbers as offices here write them: `1.528`, `1528` and `1 528` are one number. As regions/number.py. */
const PLAIN = /^-?\d+$/;
const GROUPED = /^-?\d{1,3}(\.\d{3})+$/;
const LARGEST = 1_000_000_000;

/** The number, or null for what is none. */
export function parseWhole(text) {
  const cleaned = text.replaceAll(/\s/g, "");
  if (PLAIN.test(cleaned)) {
    return Number(cleaned);
  }
  return GROUPED.test(cleaned) ? Number(cleaned.replaceAll(".", "")) : null;
}

/** As `typed` of regions/number.py: in English a blank, since a point would be read as a decimal sign. */
export function grouped(number) {
  const sign = document.documentElement.lang === "en" ? " " : ".";
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, sign);
}

/** The name of the sentence that says what is wrong with a number, or nothing. */
export function faultOf(text, largest = LARGEST) {
  const number = parseWhole(text);
  if (number === null) {
    return "notWhole";
  }
  if (number < 0) {
    return "negative";
  }
  return number > largest ? "tooLarge" : "";
}
