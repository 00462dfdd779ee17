const headerBytes = 8;

/**
 * A film whose boxes are known to fit into it, without the index of fragments (`mfra`, ISO/IEC 14496-12, 8.8.9) at its end. It can be read without it, and a reader that goes
 * by the index goes where nobody has looked: the last four bytes say where it is, and its entries where the fragments are, and both
 * can point into the middle of another box. Undefined where there is an index that is no box of the file.
 */
export function withoutFragmentIndex(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!pointsToIndex(view, bytes.byteLength)) return bytes;
  const end = bytes.byteLength - view.getUint32(bytes.byteLength - 4);
  return startsBox(view, end) && !pointsToIndex(view, end) ? bytes.subarray(0, end) : undefined;
}

/** As readers find it. */
function pointsToIndex(view: DataView, end: number): boolean {
  if (end < 4) return false;
  const start = end - view.getUint32(end - 4);
  return start >= 0 && start + headerBytes <= end && typeAt(view, start) === 'mfra';
}

function startsBox(view: DataView, place: number): boolean {
  let position = 0;
  while (position < place) {
    const size = view.getUint32(position);
    if (size === 0 || (size !== 1 && size < headerBytes)) return false;
    position += size === 1 ? Number(view.getBigUint64(position + headerBytes)) : size;
  }
  return position === place;
}

function typeAt(view: DataView, place: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(place + offset)));
}
