import { readFile } from 'node:fs/promises';
import type { VideoFile } from '../files/file-shelf.ts';
import type { DrawnImage } from '../drawing/artist.ts';
import { clipFactsListSchema, type ClipFacts } from './clip-facts.schema.ts';
import { chooseClip, type WantedClip } from './choose-clip.ts';

/** A small MP4 that plays everywhere (H.264, yuv420p, no sound), with what is true of it. */
export interface Clip extends ClipFacts {
  readonly video: VideoFile;
  /** What the clip ends with. */
  readonly lastFrame: DrawnImage;
}

const folder = new URL('../../assets/clips/', import.meta.url);
const opened = new Map<number, Promise<Clip>>();
let facts: Promise<readonly ClipFacts[]> | undefined;

/** The clip that answers a prompt: the same one for the same prompt and wishes. */
export async function pickClip(prompt: string, wanted: WantedClip = {}): Promise<Clip> {
  facts ??= readFacts();
  const chosen = chooseClip(await facts, prompt, wanted);
  const clip = opened.get(chosen.number) ?? openClip(chosen);
  opened.set(chosen.number, clip);
  return clip;
}

async function readFacts(): Promise<readonly ClipFacts[]> {
  return clipFactsListSchema.parse(JSON.parse(await readFile(new URL('facts.json', folder), 'utf8')));
}

async function openClip(clip: ClipFacts): Promise<Clip> {
  const [bytes, frame] = await Promise.all([
    readFile(new URL(`clip-${clip.number}.mp4`, folder)),
    readFile(new URL(`clip-${clip.number}-last-frame.png`, folder)),
  ]);
  return {
    ...clip,
    video: { bytes, mimeType: 'video/mp4' },
    lastFrame: { bytes: frame, base64: frame.toString('base64'), mimeType: 'image/png' },
  };
}
