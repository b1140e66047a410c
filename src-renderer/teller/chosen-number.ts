/**
 * The ticket number somebody typed: small letters, full-width characters and spaces are fine, missing zeros too.
 * @returns null while it is not a number yet
 */
export function chosenNumber(typed: string): string | null {
  const match = /^([A-Z])\s*([0-9]{1,3})$/.exec(typed.normalize('NFKC').trim().toUpperCase());
  return match?.[1] && match[2] ? match[1] + match[2].padStart(3, '0') : null;
}
