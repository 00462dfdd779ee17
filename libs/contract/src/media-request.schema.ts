import { z } from 'zod';
import { submitCallSchema } from './call.schema.ts';
import { mediaReferenceSchema } from './upload.schema.ts';

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => value.trim() !== '', 'must not be empty');

/** Whatever a call takes beside its operation and its input, a request takes as well. */
const { integration, operation, input, ...fieldsOfCalls } = submitCallSchema.shape;

const shared = {
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,100}(\/[a-z0-9-]{1,100})?$/, 'must be `<integration>` or `<integration>/<operation>`')
    .optional()
    .describe(
      'Who is to make it: `<integration>` or `<integration>/<operation>`. Where it is absent, what IMAGE_PROVIDER or VIDEO_PROVIDER names.',
    ),
  requestId: text(255)
    .optional()
    .describe("The caller's own id, unique in the account. Repeating one answers the first call, and makes none."),
  webhookUrl: text(2048).optional().describe("The same as `webhook: { url }`: where the call's end is told."),
  userId: text(255).optional().describe("The caller's own end user. Calls can be listed by it."),
  ...fieldsOfCalls,
};

const wish = {
  prompt: text(32_000).describe('What is to be seen. The provider may take less.'),
  negativePrompt: text(5_000).optional().describe('What is not to be seen.'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional()
    .describe('The same seed gives a similar result.'),
};

const style = text(100);
const pixels = z.int().min(16).max(16_384);

/** A request for images that names no provider. */
export const imageRequestSchema = z.strictObject({
  type: z.literal('image'),
  ...wish,
  width: pixels.default(1024).describe('Pixels.'),
  height: pixels.default(1024).describe('Pixels.'),
  style: style.default('photorealistic').describe('How it is to look, in a few words.'),
  numImages: z.int().min(1).max(100).default(1).describe('How many images are made.'),
  steps: z.int().min(1).max(1000).optional().describe('How many steps a diffusion model takes.'),
  images: z
    .array(mediaReferenceSchema)
    .min(1)
    .max(16)
    .optional()
    .describe('Images to change or combine, in the order that the prompt speaks of them.'),
  ...shared,
});
export type ImageRequest = z.output<typeof imageRequestSchema>;

/** A request for a video that names no provider. */
export const videoRequestSchema = z.strictObject({
  type: z.literal('video'),
  ...wish,
  duration: z.number().positive().max(3600).default(10).describe('Seconds.'),
  resolution: z
    .string()
    .regex(/^[1-9]\d{1,4}x[1-9]\d{1,4}$/, 'must be width and height in pixels, such as 1920x1080')
    .default('1920x1080')
    .describe('Width and height in pixels.'),
  fps: z.number().positive().max(1000).default(30).describe('Frames in a second.'),
  style: style.default('realistic').describe('How it is to look, in a few words.'),
  image: mediaReferenceSchema.optional().describe('The first frame.'),
  ...shared,
});
export type VideoRequest = z.output<typeof videoRequestSchema>;

/** The body of `POST /v1/requests`: what is wanted, whoever makes it. */
export const mediaRequestSchema = z.discriminatedUnion('type', [imageRequestSchema, videoRequestSchema], {
  error: ({ code }) => (code === 'invalid_union' ? 'must be `image` or `video`' : undefined),
});
export type MediaRequest = z.output<typeof mediaRequestSchema>;
export type MediaRequestType = MediaRequest['type'];
