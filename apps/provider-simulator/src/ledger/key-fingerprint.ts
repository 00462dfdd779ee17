import { createHash } from 'node:crypto';

/** What tells keys apart and gives none away: the first 12 hexadecimal digits of the SHA-256. */
export function keyFingerprint(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex').slice(0, 12);
}
