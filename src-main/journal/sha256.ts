import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hexadecimal digits; the `Sha256Hex` that core asks for. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}
