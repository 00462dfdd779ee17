import { countInTable, type Mp4Box } from './count-in-mp4-table.ts';

const headerBytes = 8;
const longHeaderBytes = 16;
const fullBoxBytes = 4;
const deepest = 8;
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);
/** Readers look into these too, and take no offence at what does not fit into them. */
const looseContainers = new Set([
  'edts',
  'dinf',
  'mvex',
  'mfra',
  'sinf',
  'schi',
  'tref',
  'tapt',
  'udta',
  'meta',
  'ilst',
]);
// Each limit is far above what a film has, and below what a reader has trouble to hold in memory or to go through.
// Three hours in fragments of one second, picture and sound.
const mostBoxes = 100_000;
// Nearly ten hours at 60 frames a second.
const mostSamples = 2_000_000;
const mostEntries = 2_000_000;
const mostBytesOfDescriptions = 1024 * 1024;

/**
 * What is wrong with the boxes of an MP4 or a MOV (ISO/IEC 14496-12) before anything reads them: one that goes beyond the end of the file, or
 * more boxes, table entries or samples than a film has. A few bytes of such a table would fill the memory of whoever takes it at its word,
 * and a few megabytes of entries the memory of whoever makes an object of each.
 */
export function findBoxFault(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sum = { boxes: 0, samples: 0, entries: 0, bytesOfDescriptions: 0 };

  function findExcess(box: Mp4Box): string | undefined {
    sum.boxes += 1;
    if (sum.boxes > mostBoxes) return `It has more than ${mostBoxes} boxes.`;
    const { entries, samples } = countInTable(view, box, mostSamples);
    sum.entries += entries;
    sum.samples += samples;
    if (sum.samples > mostSamples) return `It tells of more than ${mostSamples} samples.`;
    if (sum.entries > mostEntries) return `Its tables have more than ${mostEntries} entries.`;
    if (box.type === 'stsd') sum.bytesOfDescriptions += box.end - box.start;
    return sum.bytesOfDescriptions > mostBytesOfDescriptions
      ? 'It describes its tracks at too great a length.'
      : undefined;
  }

  function findFault(
    start: number,
    end: number,
    { depth, isLoose }: { depth: number; isLoose: boolean },
  ): string | undefined {
    if (depth > deepest) return 'Its boxes are nested too deeply.';
    for (let position = start; position + headerBytes <= end;) {
      const box = readBox(view, position, end);
      if (box.start > box.end || (box.end > end && !isLoose)) return isLoose ? undefined : 'It ends too early.';
      const fault =
        findExcess(box) ?? findFaultInside({ ...box, end: Math.min(box.end, end) }, { depth: depth + 1, isLoose });
      if (fault !== undefined) return fault;
      position = box.end;
    }
    return undefined;
  }

  function findFaultInside(box: Mp4Box, { depth, isLoose }: { depth: number; isLoose: boolean }): string | undefined {
    if (looseContainers.has(box.type)) return findFault(contentOf(view, box), box.end, { depth, isLoose: true });
    return containers.has(box.type) ? findFault(box.start, box.end, { depth, isLoose }) : undefined;
  }

  return findFault(0, bytes.byteLength, { depth: 0, isLoose: false });
}

/** The `meta` of ISO begins with version and flags, all 0; that of QuickTime does not. */
function contentOf(view: DataView, { type, start, end }: Mp4Box): number {
  const isFull = type === 'meta' && start + fullBoxBytes <= end && view.getUint32(start) === 0;
  return isFull ? start + fullBoxBytes : start;
}

function readBox(view: DataView, position: number, limit: number): Mp4Box {
  const size = view.getUint32(position);
  const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(position + offset)));
  const start = position + headerBytes;
  if (size === 0) return { type, start, end: limit, limit };
  if (size !== 1) return { type, start, end: position + size, limit };
  // No room for its length: it goes beyond the limit, however long it is.
  if (position + longHeaderBytes > limit) return { type, start, end: position + longHeaderBytes, limit };
  const longSize = Number(view.getBigUint64(start));
  return { type, start: position + longHeaderBytes, end: position + longSize, limit };
}
