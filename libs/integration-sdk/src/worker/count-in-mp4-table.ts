export interface Mp4Box {
  type: string;
  /** Where what it holds begins and ends. */
  start: number;
  end: number;
  /** Where the box around it ends. */
  limit: number;
}

const bytesOfFlags = 4;
const none = { entries: 0, samples: 0 };

/**
 * How many entries a table says to have, and of how many samples it tells, as whoever expands it would find out. Samples are counted up to
 * `enough`. A reader that takes the number of entries at its word reads on behind the table's end, so its end is no limit here either.
 */
export function countInTable(view: DataView, { type, start, limit }: Mp4Box, enough: number): typeof none {
  const at = (offset: number) => (start + offset + 4 <= limit ? view.getUint32(start + offset) : 0);
  const first = at(bytesOfFlags);
  switch (type) {
    case 'stsz': {
      const samples = at(bytesOfFlags + 4);
      return { entries: first === 0 ? samples : 0, samples };
    }
    case 'stz2':
      return { entries: at(bytesOfFlags + 4), samples: at(bytesOfFlags + 4) };
    case 'trun':
      return { entries: 0, samples: first };
    case 'stts':
    case 'ctts':
      return { entries: first, samples: sumOfRuns(at, { entries: first, entryBytes: 8, countAt: 0, enough }) };
    case 'stsc':
      return { entries: first, samples: sumOfRuns(at, { entries: first, entryBytes: 12, countAt: 4, enough }) };
    case 'stco':
    case 'co64':
    case 'stss':
    case 'elst':
    case 'keys':
      return { entries: first, samples: 0 };
    default:
      return none;
  }
}

function sumOfRuns(
  at: (offset: number) => number,
  { entries, entryBytes, countAt, enough }: { entries: number; entryBytes: number; countAt: number; enough: number },
): number {
  let sum = 0;
  for (let entry = 0; entry < Math.min(entries, enough) && sum <= enough; entry += 1)
    sum += at(bytesOfFlags + 4 + entry * entryBytes + countAt);
  return sum;
}
