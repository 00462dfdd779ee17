import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

export const maxPromptLength = 10_000;
export const fewestPixels = 1280 * 720;
export const mostPixels = 4096 * 4096;
/** The longer side divided by the shorter. */
export const mostElongated = 16;
/** In one group. */
export const mostImages = 15;

const generation = {
  prompt: z
    .string()
    .max(maxPromptLength)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('What the images are to show.'),
  size: z
    .union([z.enum(['1K', '2K', '4K']), z.string().regex(/^\d{3,5}x\d{3,5}$/)], {
      error: 'must be 1K, 2K, 4K or pixels such as 2048x2048',
    })
    .refine(isAllowedSize, 'must have 1280x720 to 4096x4096 pixels in all, and no side 16 times the other')
    .optional()
    .describe(
      '`1K`, `2K` or `4K`, where the prompt says the shape, or width and height in pixels; 2048x2048 where it is absent.',
    ),
  count: z
    .int()
    .min(1)
    .max(mostImages)
    .optional()
    .describe(
      'The most images that belong together; the model decides how many it makes. 1 where it is absent. Each is charged.',
    ),
  watermark: z.boolean().optional().describe("Puts the provider's watermark on the images; off where it is absent."),
  outputFormat: z.enum(['jpeg', 'png']).optional().describe('File type, for models that let one choose.'),
  optimizePrompt: z
    .enum(['standard', 'fast'])
    .optional()
    .describe('How the provider rewrites the prompt, for models that let one choose: better, or sooner.'),
};

export const textToImageInputSchema = z.strictObject(generation);
export type TextToImageInput = z.infer<typeof textToImageInputSchema>;

export const imageToImageInputSchema = z.strictObject({
  ...generation,
  images: z
    .array(mediaReferenceSchema)
    .min(1)
    .max(10)
    .describe('The images to change or combine, in the order that the prompt speaks of them.'),
});
export type ImageToImageInput = z.infer<typeof imageToImageInputSchema>;

export type ImageInput = TextToImageInput | ImageToImageInput;

function isAllowedSize(size: string): boolean {
  const [width, height] = size.split('x').map(Number);
  if (width === undefined || height === undefined) return true;
  const pixels = width * height;
  return pixels >= fewestPixels && pixels <= mostPixels && Math.max(width / height, height / width) <= mostElongated;
}
