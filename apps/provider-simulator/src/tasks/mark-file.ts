import { crc32 } from 'node:zlib';

const pngEndBytes = 12;

/** The same video, with a text at its end in a box that every player skips. */
export function markVideo(video: Buffer, mark: string): Buffer {
  return Buffer.concat([video, uint32(8 + Buffer.byteLength(mark)), Buffer.from(`free${mark}`)]);
}

/** The same picture, with a text in it that nobody shows. */
export function markPng(png: Buffer, mark: string): Buffer {
  const chunk = Buffer.from(`tEXtComment\0${mark}`);
  const text = Buffer.concat([uint32(chunk.length - 4), chunk, uint32(crc32(chunk))]);
  return Buffer.concat([png.subarray(0, -pngEndBytes), text, png.subarray(-pngEndBytes)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
