import { fail, ok, type Result } from '../wire/result.ts';

export type MediumKind = 'card' | 'passbook' | 'id-card';

/** TK2: what a customer showed: a number that is to be kept secret, and what an ID tells besides. */
export interface Medium {
  readonly kind: MediumKind;
  readonly number: string;
  /** `YYYY-MM-DD` from an ID, for the age rule (TK9); else null. */
  readonly birthDate: string | null;
}

/** Weights of the ID number's first 17 digits, GB 11643-1999. */
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK_CHARACTERS = '10X98765432';

/** A magnetic stripe as a reader types it: track 1 `%B…^`, track 2 `;…=` (ISO/IEC 7813). */
const STRIPE = /(?:%B|;)(\d{8,19})[\^=]/;

/**
 * TK2: reads what a reader or a person typed.
 * A reader may also bring passbook numbers without a check digit; typed numbers of the length of a card or an ID must
 * have a right one, so that a slip of the finger is noticed.
 * Failures: `T843` neither a card, a passbook nor an ID.
 */
export function readMedium(text: string, source: 'reader' | 'typed'): Result<Medium> {
  const number = (STRIPE.exec(text)?.[1] ?? text.replace(/[\s-]/g, '')).toUpperCase();
  const birthDate = idToBirthDate(number);
  if (birthDate !== null) return ok({ kind: 'id-card', number, birthDate });
  if (!/^\d{8,22}$/.test(number)) return fail('T843');
  const hasCardLength = number.length >= 13 && number.length <= 19;
  if (hasCardLength && hasLuhnDigit(number)) return ok({ kind: 'card', number, birthDate: null });
  return hasCardLength && source === 'typed'
    ? fail('T843')
    : ok({ kind: 'passbook', number, birthDate: null });
}

/** The birth date of an 18-character ID number whose check character and date are right; else null. */
function idToBirthDate(number: string): string | null {
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  if (ID_CHECK_CHARACTERS[sum % 11] !== number[17]) return null;
  const date = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const parsed = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== date) return null;
  return date >= '1880-01-01' ? date : null;
}

/** The check digit of cards, ISO/IEC 7812-1 annex B. */
function hasLuhnDigit(number: string): boolean {
  let sum = 0;
  for (const [index, character] of [...number].reverse().entries()) {
    const digit = Number(character) * (index % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Codes of appointments have six digits; no number of a customer is so short (TK8). */
export function isAppointmentCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** Full years between a birth date and a date, both `YYYY-MM-DD`. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The last four characters, which tell a customer "yours" and nobody else anything. */
export function maskNumber(number: string): string {
  return `**** ${number.slice(-4)}`;
}
