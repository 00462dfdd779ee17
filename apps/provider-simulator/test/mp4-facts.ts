/** What the boxes of an MP4 with one video track say. Written for the tests alone, so that it shares no mistake with anything. */
export function mp4Facts(bytes: Buffer) {
  const track = boxAt(bytes, ['moov', 'trak']);
  const trackHeader = boxAt(track, ['tkhd']);
  const mediaHeader = boxAt(track, ['mdia', 'mdhd']);
  const table = ['mdia', 'minf', 'stbl'];
  const durationSeconds = mediaHeader.readUInt32BE(16) / mediaHeader.readUInt32BE(12);
  return {
    order: boxesOf(bytes).map(({ type }) => type),
    codec: boxAt(track, [...table, 'stsd']).toString('latin1', 12, 16),
    width: trackHeader.readUInt32BE(76) / 0x10000,
    height: trackHeader.readUInt32BE(80) / 0x10000,
    durationSeconds,
    frameRate: boxAt(track, [...table, 'stsz']).readUInt32BE(8) / durationSeconds,
  };
}

function boxAt(content: Buffer, path: readonly string[]): Buffer {
  const [wanted, ...rest] = path;
  const found = boxesOf(content).find(({ type }) => type === wanted);
  if (!found) throw new Error(`The MP4 has no box ${wanted}.`);
  return rest.length === 0 ? found.content : boxAt(found.content, rest);
}

function boxesOf(content: Buffer) {
  const boxes: { readonly type: string; readonly content: Buffer }[] = [];
  for (let at = 0; at < content.length; at += content.readUInt32BE(at)) {
    const end = at + content.readUInt32BE(at);
    boxes.push({ type: content.toString('latin1', at + 4, at + 8), content: content.subarray(at + 8, end) });
  }
  return boxes;
}
