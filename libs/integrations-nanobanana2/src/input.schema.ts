import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

/** The longest prompt that a gateway to this model family documents. */
const maxPromptLength = 20_000;
/** The most input images that a gateway to this model family documents. */
const maxImages = 14;

// prettier-ignore
export const aspectRatios = [
  '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', '1:4', '4:1', '1:8', '8:1',
] as const;
export type AspectRatio = (typeof aspectRatios)[number];

export const imageSizes = ['1K', '2K', '4K'] as const;
export type ImageSize = (typeof imageSizes)[number];

const generation = {
  prompt: z
    .string()
    .max(maxPromptLength)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('What the image is to show.'),
  aspectRatio: z
    .enum(aspectRatios)
    .optional()
    .describe("Width to height; the model's own choice where it is absent. The extreme ones need a 3.1 model."),
  imageSize: z
    .enum(imageSizes)
    .optional()
    .describe('Resolution class: 1K is about one megapixel. 1K where it is absent.'),
};

export const textToImageInputSchema = z.strictObject(generation);
export type TextToImageInput = z.infer<typeof textToImageInputSchema>;

export const imageToImageInputSchema = z.strictObject({
  ...generation,
  images: z
    .array(mediaReferenceSchema)
    .min(1)
    .max(maxImages)
    .describe('The images to change or combine, in the order that the prompt speaks of them.'),
});
export type ImageToImageInput = z.infer<typeof imageToImageInputSchema>;

/** What the two operations have in common. */
export type GenerationInput = TextToImageInput & Partial<Pick<ImageToImageInput, 'images'>>;
