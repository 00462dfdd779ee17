import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { ratios, type Look, type VideoRequest } from './request.schema.ts';

/** What the provider tells of a video afterwards; kept with the task. */
export const videoFactsSchema = z.object({
  seed: z.int(),
  resolution: z.string(),
  ratio: z.string(),
  /** One of the two: frames where they were asked for. */
  duration: z.int().optional(),
  frames: z.int().optional(),
  framespersecond: z.int(),
  service_tier: z.string(),
  execution_expires_after: z.int(),
  generate_audio: z.boolean().optional(),
  draft: z.boolean(),
  returnLastFrame: z.boolean(),
});
export type VideoFacts = z.output<typeof videoFactsSchema>;

const framesPerSecond = 24;
const mostSeed = 2 ** 32 - 1;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The facts of the video that a request comes to. `image` is the size of its first picture. */
export function videoFacts(request: VideoRequest, look: Look, image: Size | undefined): VideoFacts {
  const { seed = -1, frames, duration = 5 } = look;
  return {
    seed: seed === -1 ? randomInt(mostSeed) : seed,
    resolution: look.resolution ?? (request.model.includes('1-0-pro') ? '1080p' : '720p'),
    ratio: ratioOf(look.ratio ?? (image ? 'adaptive' : '16:9'), image),
    ...(frames === undefined ? { duration } : { frames }),
    framespersecond: framesPerSecond,
    service_tier: request.service_tier,
    execution_expires_after: request.execution_expires_after,
    ...(hasSound(request.model) && { generate_audio: request.generate_audio }),
    draft: request.draft,
    returnLastFrame: request.return_last_frame,
  };
}

/** Whether a model is of the newer kind, which makes sound and knows no `frames`. */
export function hasSound(model: string): boolean {
  return /seedance-(1-5|2-)/.test(model);
}

export function pixelsOf({ resolution, ratio }: VideoFacts): Size {
  const side = Number.parseInt(resolution, 10);
  const [across = 16, down = 9] = ratio.split(':').map(Number);
  const even = (value: number) => Math.round(value / 2) * 2;
  return across > down
    ? { width: even((side * across) / down), height: side }
    : { width: side, height: even((side * down) / across) };
}

export function secondsOf({ duration, frames = 0, framespersecond }: VideoFacts): number {
  return duration ?? frames / framespersecond;
}

function ratioOf(wanted: string, image: Size | undefined): string {
  if (wanted !== 'adaptive') return wanted;
  if (!image) return '16:9';
  const shape = Math.log(image.width / image.height);
  const distance = (ratio: string) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(across / down) - shape);
  };
  return ratios.reduce<string>((best, ratio) => (distance(ratio) < distance(best) ? ratio : best), ratios[0]);
}
