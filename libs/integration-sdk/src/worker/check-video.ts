import { fileTypeFromBuffer } from 'file-type';
import { BufferSource, EncodedPacketSink, Input, type InputVideoTrack, MP4, QTFF, WEBM } from 'mediabunny';
import { findBoxFault } from './check-mp4-boxes.ts';
import { webmEndsEarly } from './check-webm-length.ts';
import { messageOf } from './error-message.ts';
import { withoutFragmentIndex } from './without-fragment-index.ts';

/** What is known of a video from its own bytes. */
export interface VideoFacts {
  contentType: string;
  extension: string;
  /** As it is shown: a film that was taken upright is higher than wide. */
  width: number;
  height: number;
  durationSeconds: number;
  frameRate?: number;
}

export type VideoCheck = { kind: 'video'; facts: VideoFacts } | { kind: 'no_video'; reason: string };

const containers = new Map([
  ['video/mp4', { contentType: 'video/mp4', extension: 'mp4' }],
  ['video/x-m4v', { contentType: 'video/mp4', extension: 'mp4' }],
  ['video/quicktime', { contentType: 'video/quicktime', extension: 'mov' }],
  ['video/webm', { contentType: 'video/webm', extension: 'webm' }],
]);
const maxPixels = 100_000_000;
// So many tell the frame rate, and a long film is not read to its end for it.
const packetsForFrameRate = 300;

/**
 * Looks at bytes that should be a video: by their content, not by what anybody says of them. Frames are not decoded; the file's tables are
 * read, and its first and its last frame have to be there. MP4, MOV and WebM, at most 100 megapixels a frame.
 */
export async function checkVideo(bytes: Uint8Array): Promise<VideoCheck> {
  const type = await fileTypeFromBuffer(bytes);
  const container = type && containers.get(type.mime);
  if (!container) {
    return noVideo(`The file is ${type ? `of type ${type.mime}` : 'of no known type'}; MP4, MOV and WebM are videos.`);
  }
  const isWebm = container.extension === 'webm';
  const fault = isWebm ? faultOfWebm(bytes) : findBoxFault(bytes);
  if (fault !== undefined) return noVideo(`The ${container.contentType} cannot be read: ${fault}`);
  const readable = isWebm ? bytes : withoutFragmentIndex(bytes);
  if (!readable)
    return noVideo(`The ${container.contentType} cannot be read: Its index of fragments is within another box.`);
  const input = new Input({ source: new BufferSource(readable), formats: [MP4, QTFF, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return noVideo(`The ${container.contentType} holds no moving picture.`);
    return await checkTrack(track, container);
  } catch (error) {
    return noVideo(`The ${container.contentType} cannot be read: ${messageOf(error)}`);
  } finally {
    input.dispose();
  }
}

async function checkTrack(
  track: InputVideoTrack,
  { contentType, extension }: { contentType: string; extension: string },
): Promise<VideoCheck> {
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  if (!(width > 0 && height > 0 && width * height <= maxPixels))
    return noVideo(`The ${contentType} has frames of ${width} by ${height} pixels.`);
  const packets = new EncodedPacketSink(track);
  const isWhole = (await packets.getFirstPacket()) && (await packets.getPacket(Number.POSITIVE_INFINITY));
  if (!isWhole) return noVideo(`The ${contentType} cannot be read: It ends too early.`);
  const durationSeconds = rounded(await track.computeDuration());
  if (!(durationSeconds > 0)) return noVideo(`The ${contentType} lasts no time.`);
  const { averagePacketRate } = await track.computePacketStats(packetsForFrameRate);
  const frameRate = rounded(averagePacketRate);
  return {
    kind: 'video',
    facts: {
      contentType,
      extension,
      width,
      height,
      durationSeconds,
      ...(frameRate > 0 && Number.isFinite(frameRate) && { frameRate }),
    },
  };
}

function faultOfWebm(bytes: Uint8Array): string | undefined {
  return webmEndsEarly(bytes) ? 'It ends too early.' : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function noVideo(reason: string): VideoCheck {
  return { kind: 'no_video', reason };
}
