const segmentId = [0x18, 0x53, 0x80, 0x67];
const idBytes = 4;

/** Whether a WebM ends before its segment says that it does (RFC 8794, sections 5 and 6). A live recording does not say. */
export function webmEndsEarly(bytes: Uint8Array): boolean {
  const head = readSize(bytes, idBytes);
  if (!head) return true;
  const segment = head.next + head.size;
  if (!segmentId.every((byte, offset) => bytes[segment + offset] === byte)) return true;
  const size = readSize(bytes, segment + idBytes);
  return !size || (size.isKnown && size.next + size.size > bytes.byteLength);
}

/** A number of variable length: as many bytes as there are zeros before its first one, and that one more. All ones mean "not known". */
function readSize(bytes: Uint8Array, position: number): { size: number; next: number; isKnown: boolean } | undefined {
  const first = bytes[position] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || position + length > bytes.byteLength) return undefined;
  let size = first & (0xff >> length);
  let isKnown = size !== 0xff >> length;
  for (const byte of bytes.subarray(position + 1, position + length)) {
    size = size * 256 + byte;
    isKnown ||= byte !== 0xff;
  }
  return { size, next: position + length, isKnown };
}
