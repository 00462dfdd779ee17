import { type MediaReference, mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ModelName } from './models.ts';

// prettier-ignore
const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', 'auto'] as const;
const manyRatios = [...ratios, '1:4', '4:1', '1:8', '8:1'] as const;

const prompt = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('What the image is to show.');
const aspectRatio = <const Ratios extends readonly [string, ...string[]]>(known: Ratios) =>
  z.enum(known).optional().describe("Width to height; the model's own default where it is absent.");
const outputFormat = z
  .enum(['png', 'jpeg'])
  .optional()
  .describe("Format of the file; the model's own default where it is absent.");
const resolution = z
  .enum(['1K', '2K', '4K'])
  .optional()
  .describe('Resolution class: 1K is about one megapixel. 1K where it is absent.');
const googleSearch = z
  .boolean()
  .optional()
  .describe('Whether the model may look things up with Google Search. Not where it is absent.');
const images = (maxImages: number) =>
  z
    .array(mediaReferenceSchema)
    .min(1)
    .max(maxImages)
    .describe('The images to change or combine, in the order that the prompt speaks of them.');
const named = <Name extends ModelName>(name: Name) => z.literal(name).describe("The model, by kie.ai's name for it.");

const nanoBanana = { prompt: prompt(5_000), aspectRatio: aspectRatio(ratios), outputFormat };
const nanoBananaPro = {
  model: named('nano-banana-pro'),
  prompt: prompt(10_000),
  aspectRatio: aspectRatio(ratios),
  resolution,
  outputFormat,
};
const nanoBanana2 = {
  model: named('nano-banana-2').optional(),
  prompt: prompt(20_000),
  aspectRatio: aspectRatio(manyRatios),
  resolution,
  outputFormat,
  googleSearch,
};
// No document tells its longest prompt: the shortest limit of the family holds for every model.
const nanoBanana2Lite = {
  model: named('nano-banana-2-lite'),
  prompt: prompt(5_000),
  aspectRatio: aspectRatio(manyRatios),
};

const mustBeOneOf = (...names: ModelName[]) => ({
  error: ({ code }: { code: string }) => (code === 'invalid_union' ? `must be one of ${names.join(', ')}` : undefined),
});

/** Every model with what it takes; without a name it is `nano-banana-2`. */
export const textToImageInputSchema = z.discriminatedUnion(
  'model',
  [
    z.strictObject(nanoBanana2),
    z.strictObject(nanoBananaPro),
    z.strictObject({ model: named('google/nano-banana'), ...nanoBanana }),
    z.strictObject(nanoBanana2Lite),
  ],
  mustBeOneOf('nano-banana-2', 'nano-banana-pro', 'google/nano-banana', 'nano-banana-2-lite'),
);

export const imageToImageInputSchema = z.discriminatedUnion(
  'model',
  [
    z.strictObject({ ...nanoBanana2, images: images(14) }),
    z.strictObject({ ...nanoBananaPro, images: images(8) }),
    z.strictObject({ model: named('google/nano-banana-edit'), ...nanoBanana, images: images(10) }),
    z.strictObject({ ...nanoBanana2Lite, images: images(10) }),
  ],
  mustBeOneOf('nano-banana-2', 'nano-banana-pro', 'google/nano-banana-edit', 'nano-banana-2-lite'),
);

/** What the operations and the models have in common. */
export interface GenerationInput {
  model?: ModelName | undefined;
  prompt: string;
  aspectRatio?: string | undefined;
  resolution?: string | undefined;
  outputFormat?: 'png' | 'jpeg' | undefined;
  googleSearch?: boolean | undefined;
  images?: MediaReference[];
}
