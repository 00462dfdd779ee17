import { idFromUuid } from '@darkroom/contract';
import { createHash } from 'node:crypto';

/** The id of a result's artifact: the same whenever, and wherever, the same result is stored again. */
export function artifactIdOf({
  callId,
  attempt,
  position,
}: {
  callId: string;
  attempt: number;
  position: number;
}): string {
  const hash = createHash('sha256').update(`${callId}|${attempt}|${position}`).digest();
  const bytes = hash.subarray(0, 16);
  // Version 8 of RFC 9562: a UUID whose content is ours to choose.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return idFromUuid('art', uuid);
}
