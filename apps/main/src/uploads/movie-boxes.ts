/** A box of an ISO media file (ISO/IEC 14496-12, 4.2), by its places in the bytes. */
export interface MovieBox {
  type: string;
  start: number;
  /** Where its content begins, behind size and type. */
  content: number;
  end: number;
}

const bytesOfHead = 8;
const bytesOfLongHead = 16;

/** The boxes between two places. Undefined where one is malformed, or reaches beyond `end`: the file is cut off or no such file. */
export function readBoxes(bytes: Buffer, start: number, end: number): MovieBox[] | undefined {
  const boxes: MovieBox[] = [];
  // QuickTime may fill up with a few zeros behind the last box.
  for (let position = start; position + bytesOfHead <= end;) {
    const box = readBox(bytes, position, end);
    if (box === undefined) return undefined;
    boxes.push(box);
    position = box.end;
  }
  return boxes;
}

/** The first box of each type on the way inwards. */
export function findInside(bytes: Buffer, box: MovieBox, path: readonly string[]): MovieBox | undefined {
  return path.reduce<MovieBox | undefined>(
    (outer, type) => outer && readBoxes(bytes, outer.content, outer.end)?.find((inner) => inner.type === type),
    box,
  );
}

function readBox(bytes: Buffer, start: number, limit: number): MovieBox | undefined {
  const size = bytes.readUInt32BE(start);
  const type = bytes.toString('latin1', start + 4, start + bytesOfHead);
  if (size === 0) return { type, start, content: start + bytesOfHead, end: limit };
  if (size !== 1) return whole({ type, start, content: start + bytesOfHead, end: start + size }, limit);
  if (start + bytesOfLongHead > limit) return undefined;
  const longSize = Number(bytes.readBigUInt64BE(start + bytesOfHead));
  return whole({ type, start, content: start + bytesOfLongHead, end: start + longSize }, limit);
}

function whole(box: MovieBox, limit: number): MovieBox | undefined {
  return box.end >= box.content && box.end <= limit ? box : undefined;
}
