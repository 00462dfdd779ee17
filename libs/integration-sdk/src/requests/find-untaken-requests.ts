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

/** For tests of integrations: tries requests from all over the range of valid ones. Limits on prompts and images are the provider's. */
export function findUntakenRequests({
  fromRequest,
  input: inputSchema,
}: Pick<OperationDefinition, 'fromRequest' | 'input'>): UntakenRequest[] {
  if (fromRequest === undefined) throw new Error('The operation has no `fromRequest`.');
  const withImages = fromRequest.images === 'required';
  const requests = fromRequest.type === 'image' ? imageRequests(withImages) : videoRequests(withImages);
  return requests.flatMap((request) => {
    const mapped =
      fromRequest.type === 'image'
        ? fromRequest.toInput(imageRequestSchema.parse(request))
        : fromRequest.toInput(videoRequestSchema.parse(request));
    const issues = inputSchema.safeParse(mapped.input).error?.issues ?? [];
    const faults = issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
    return faults.length === 0 ? [] : [{ request: mediaRequestSchema.parse(request), faults }];
  });
}

function imageRequests(withImages: boolean): object[] {
  const request = { type: 'image', prompt: 'a lighthouse', ...(withImages && { images: [image, image] }) };
  return [
    request,
    ...sizes.map((size) => ({ ...request, ...size })),
    ...[2, 4, 15, 16, 100].map((numImages) => ({ ...request, numImages })),
    ...[1, 1000].map((steps) => ({ ...request, steps })),
    ...extremes(request),
  ];
}

function videoRequests(withImage: boolean): object[] {
  const request = { type: 'video', prompt: 'a lighthouse', ...(withImage && { image }) };
  const resolutions = sizes.map(({ width, height }) => `${width}x${height}`);
  return [
    request,
    ...resolutions.flatMap((resolution) => lengths.map((duration) => ({ ...request, resolution, duration }))),
    ...[0.5, 24, 30, 1000].map((fps) => ({ ...request, fps })),
    ...extremes(request),
  ];
}

function extremes(request: object): object[] {
  return [
    { ...request, seed: 0 },
    { ...request, seed: 2 ** 32 - 1 },
    { ...request, style: 'x'.repeat(100) },
    { ...request, negativePrompt: 'x'.repeat(5000) },
  ];
}
