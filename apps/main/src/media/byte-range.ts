import type { ByteRange } from '@darkroom/platform-object-store';

/**
 * The part that a header `Range` asks for (RFC 9110, one range of bytes). Undefined where all is to be sent: without the header, and for what is
 * no range, or several, which a server may ignore. `unsatisfiable` where it is a range that the file does not reach.
 */
export function readByteRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const last = bytes - 1;
  const range =
    from === ''
      ? { first: Math.max(0, bytes - Number(to)), last }
      : { first: Number(from), last: to === '' ? last : Math.min(last, Number(to)) };
  return range.first <= range.last ? range : 'unsatisfiable';
}
