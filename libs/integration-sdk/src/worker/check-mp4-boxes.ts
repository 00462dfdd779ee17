const headerBytes = 8;
const longHeaderBytes = 16;
const fullBoxBytes = 4;
const deepest = 8;
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);
// Nearly ten hours at 60 frames a second, and what a reader of the tables holds in memory without trouble.
const mostSamples = 2_000_000;

interface Box {
  type: string;
  /** Where what it holds begins and ends. */
  start: number;
  end: number;
}

/**
 * What is wrong with the boxes of an MP4 or a MOV (ISO/IEC 14496-12) before anything reads them: one that goes beyond the end of the file, or
 * tables that tell of more samples than a film has. A few bytes of such a table would fill the memory of whoever takes it at its word.
 */
export function findBoxFault(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let samples = 0;

  function findFault(start: number, end: number, depth: number): string | undefined {
    if (depth > deepest) return 'Its boxes are nested too deeply.';
    for (let position = start; position + headerBytes <= end;) {
      const box = readBox(view, position, end);
      if (!box) return 'It ends too early.';
      samples += samplesOf(view, box);
      if (samples > mostSamples) return `It tells of more than ${mostSamples} samples.`;
      const fault = containers.has(box.type) ? findFault(box.start, box.end, depth + 1) : undefined;
      if (fault !== undefined) return fault;
      position = box.end;
    }
    return undefined;
  }

  return findFault(0, bytes.byteLength, 0);
}

/** Undefined where it goes beyond `limit`. */
function readBox(view: DataView, position: number, limit: number): Box | undefined {
  const size = view.getUint32(position);
  const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(position + offset)));
  if (size === 0) return { type, start: position + headerBytes, end: limit };
  if (size !== 1) return fitting({ type, start: position + headerBytes, end: position + size }, limit);
  if (position + longHeaderBytes > limit) return undefined;
  const longSize = Number(view.getBigUint64(position + headerBytes));
  return fitting({ type, start: position + longHeaderBytes, end: position + longSize }, limit);
}

function fitting(box: Box, limit: number): Box | undefined {
  return box.start <= box.end && box.end <= limit ? box : undefined;
}

/** How many samples a table tells of, as whoever expands it would find out. */
function samplesOf(view: DataView, { type, start, end }: Box): number {
  const at = (offset: number) => (start + offset + 4 <= end ? view.getUint32(start + offset) : 0);
  switch (type) {
    case 'stsz':
    case 'stz2':
      return at(fullBoxBytes + 4);
    case 'trun':
      return at(fullBoxBytes);
    case 'stts':
    case 'ctts':
      return sumOfRuns(at, { entries: at(fullBoxBytes), entryBytes: 8, countAt: 0, room: end - start });
    case 'stsc':
      return sumOfRuns(at, { entries: at(fullBoxBytes), entryBytes: 12, countAt: 4, room: end - start });
    default:
      return 0;
  }
}

function sumOfRuns(
  at: (offset: number) => number,
  { entries, entryBytes, countAt, room }: { entries: number; entryBytes: number; countAt: number; room: number },
): number {
  const first = fullBoxBytes + 4;
  const present = Math.min(entries, Math.floor((room - first) / entryBytes));
  let sum = 0;
  for (let entry = 0; entry < present && sum <= mostSamples; entry += 1)
    sum += at(first + entry * entryBytes + countAt);
  return sum;
}
