import { imageRequestSchema, type MediaRequest, mediaRequestSchema, videoRequestSchema } from '@darkroom/contract';
import type { OperationDefinition } from '../definition/define-integration.ts';

/** A valid request that an operation makes an input of which it then refuses: a bug of its `fromRequest`. */
export interface UntakenRequest {
  request: MediaRequest;
  /** What the operation's own schema says. */
  faults: string[];
}

const lengths = [0.1, 1, 3.9, 4, 5, 5.5, 6, 7, 8, 9.99, 10, 11, 12, 30, 3600];
const sides = [16, 100, 512, 719, 1000, 1024, 1080, 1366, 2048, 3840, 4096, 9999, 16_384];
const sizes = sides.flatMap((width) => sides.map((height) => ({ width, height })));
const image = 'https://a.example/1.png';
const longestPrompt = 32_000;
const longestStyle = 'x'.repeat(100);

// More than a style with its introduction takes.
const roomForStyle = 125;

/** For tests of integrations: tries requests from all over the range of valid ones. How long a prompt may be, and how many images may come, is the provider's. */
export function findUntakenRequests({
  fromRequest,
  input: inputSchema,
}: Pick<OperationDefinition, 'fromRequest' | 'input'>): UntakenRequest[] {
  if (fromRequest === undefined) throw new Error('The operation has no `fromRequest`.');
  const { type, images } = fromRequest;
  const toInput = (request: object) =>
    type === 'image'
      ? fromRequest.toInput(imageRequestSchema.parse(request)).input
      : fromRequest.toInput(videoRequestSchema.parse(request)).input;
  const withImages = type === 'image' ? { images: [image] } : { image };
  const plain = { type, prompt: 'a lighthouse', ...(images === 'required' && withImages) };
  const takesPrompt = (length: number) =>
    inputSchema.safeParse({ ...toInput(plain), prompt: promptOf(length) }).success;
  const requests = [
    plain,
    ...(images === 'none' ? [] : [{ ...plain, ...withImages }]),
    ...(type === 'image' ? imageRequests(plain) : videoRequests(plain)),
    ...extremes(plain),
    ...longPrompts(plain, longestWith(takesPrompt)),
  ];
  return requests.flatMap((request) => {
    const issues = inputSchema.safeParse(toInput(request)).error?.issues ?? [];
    const faults = issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
    return faults.length === 0 ? [] : [{ request: mediaRequestSchema.parse(request), faults }];
  });
}

function imageRequests(plain: object): object[] {
  return [
    ...sizes.map((size) => ({ ...plain, ...size })),
    ...[2, 4, 15, 16, 100].map((numImages) => ({ ...plain, numImages })),
    ...[1, 1000].map((steps) => ({ ...plain, steps })),
  ];
}

function videoRequests(plain: object): object[] {
  const resolutions = sizes.map(({ width, height }) => `${width}x${height}`);
  return [
    ...resolutions.flatMap((resolution) => lengths.map((duration) => ({ ...plain, resolution, duration }))),
    ...[0.5, 24, 30, 1000].map((fps) => ({ ...plain, fps })),
  ];
}

function extremes(plain: object): object[] {
  return [
    { ...plain, seed: 0 },
    { ...plain, seed: 2 ** 32 - 1 },
    { ...plain, style: longestStyle },
    { ...plain, negativePrompt: 'x'.repeat(5000) },
  ];
}

/** Where the style still has room, and where it has none any more. */
function longPrompts(plain: object, longest: number): object[] {
  const promptLengths = Array.from({ length: Math.min(roomForStyle, longest) }, (_, shorter) => longest - shorter);
  return promptLengths.flatMap((length) => {
    const request = { ...plain, prompt: promptOf(length) };
    return [request, { ...request, style: longestStyle }];
  });
}

/** The longest prompt that a request can have and the operation takes; 0 where it takes none. */
function longestWith(takesPrompt: (length: number) => boolean): number {
  let [taken, refused] = [0, longestPrompt + 1];
  while (refused - taken > 1) {
    const between = Math.floor((taken + refused) / 2);
    if (takesPrompt(between)) taken = between;
    else refused = between;
  }
  return taken;
}

function promptOf(length: number): string {
  return 'x'.repeat(length);
}
