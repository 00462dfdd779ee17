import { type MovieBox, readBoxes } from './movie-boxes.ts';

/** Where bytes of a track stand in the file. */
export interface BytePlace {
  start: number;
  end: number;
}

const [bytesOfFlags, bytesOfRun] = [4, 12];

/**
 * Where the samples of a track are, chunk by chunk (ISO/IEC 14496-12, 8.7). Undefined where its tables do not say it. The places are read
 * one after the other, as often as they are asked for: a table may tell of millions.
 */
export function findSamplePlaces(bytes: Buffer, sampleTable: MovieBox): Iterable<BytePlace> | undefined {
  const tables = readBoxes(bytes, sampleTable.content, sampleTable.end) ?? [];
  const [sizes, runs] = [tables.find(({ type }) => type === 'stsz'), tables.find(({ type }) => type === 'stsc')];
  const chunks = tables.find(({ type }) => type === 'stco' || type === 'co64');
  if (!sizes || !runs || !chunks) return undefined;
  return { [Symbol.iterator]: () => readPlaces(bytes, { sizes, runs, chunks }) };
}

function* readPlaces(
  bytes: Buffer,
  { sizes, runs, chunks }: Record<'sizes' | 'runs' | 'chunks', MovieBox>,
): Generator<BytePlace, void> {
  const sizeOf = sampleSizes(bytes, sizes);
  const samplesIn = samplesPerChunk(bytes, runs);
  const startOf = chunkStarts(bytes, chunks);
  let sample = 0;
  for (let chunk = 0; chunk < startOf.count; chunk += 1) {
    const start = startOf.start(chunk);
    let end = start;
    for (const last = Math.min(sample + samplesIn(chunk), sizeOf.count); sample < last; sample += 1)
      end += sizeOf.size(sample);
    yield { start, end };
  }
}

/** A number of a table; 0 behind its end. */
function numberAt(bytes: Buffer, box: MovieBox, offset: number): number {
  const place = box.content + bytesOfFlags + offset;
  return place + 4 <= box.end ? bytes.readUInt32BE(place) : 0;
}

function sampleSizes(bytes: Buffer, box: MovieBox) {
  const common = numberAt(bytes, box, 0);
  return {
    count: numberAt(bytes, box, 4),
    size: (sample: number) => (common === 0 ? numberAt(bytes, box, 8 + sample * 4) : common),
  };
}

/** The runs say from which chunk on, counted from 1, a chunk holds how many samples. */
function samplesPerChunk(bytes: Buffer, box: MovieBox): (chunk: number) => number {
  const runs = numberAt(bytes, box, 0);
  let run = 0;
  return (chunk) => {
    while (run + 1 < runs && numberAt(bytes, box, 4 + (run + 1) * bytesOfRun) <= chunk + 1) run += 1;
    return numberAt(bytes, box, 8 + run * bytesOfRun);
  };
}

function chunkStarts(bytes: Buffer, box: MovieBox) {
  const bytesOfStart = box.type === 'co64' ? 8 : 4;
  const room = Math.floor((box.end - box.content - bytesOfFlags - 4) / bytesOfStart);
  return {
    count: Math.max(0, Math.min(numberAt(bytes, box, 0), room)),
    start: (chunk: number) => {
      const offset = 4 + chunk * bytesOfStart;
      const high = bytesOfStart === 8 ? numberAt(bytes, box, offset) * 2 ** 32 : 0;
      return high + numberAt(bytes, box, offset + bytesOfStart - 4);
    },
  };
}
