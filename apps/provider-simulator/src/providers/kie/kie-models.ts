import { z } from 'zod';

/** What a model's input comes to. Each model has field names of its own; fields of another model are ignored. */
interface KieInput {
  readonly prompt: string;
  readonly imageUrls: readonly string[];
  readonly ratio: string;
  readonly resolution: string;
  readonly format: 'png' | 'jpeg';
}

interface KieModel {
  readonly input: z.ZodType<KieInput>;
  readonly largestImageMegabytes: number;
  /** Whether callbacks are written as kie did in its first months. */
  readonly isOld: boolean;
}

const squarish = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', 'auto'] as const;
const elongated = [...squarish, '1:4', '4:1', '1:8', '8:1'] as const;

const resolution = z.enum(['1K', '2K', '4K']).default('1K');
const prompt = (longest: number) => z.string().min(1).max(longest);
const imageUrls = (most: number) => z.array(z.url({ protocol: /^https?$/ })).max(most);
// One model says jpeg, another jpg.
const fileFormat = (name: 'png' | 'jpeg' | 'jpg') => (name === 'jpg' ? 'jpeg' : name);

const nanoBanana = z
  .object({
    prompt: prompt(5000),
    image_size: z.enum(squarish).default('1:1'),
    output_format: z.enum(['png', 'jpeg']).default('png'),
  })
  .transform(({ prompt, image_size, output_format: format }) => {
    return { prompt, imageUrls: [], ratio: image_size, resolution: '1K', format };
  });

const nanoBananaEdit = z
  .object({
    prompt: prompt(5000),
    image_urls: imageUrls(10).min(1),
    image_size: z.enum(squarish).default('1:1'),
    output_format: z.enum(['png', 'jpeg']).default('png'),
  })
  .transform(({ prompt, image_urls, image_size, output_format: format }) => {
    return { prompt, imageUrls: image_urls, ratio: image_size, resolution: '1K', format };
  });

const nanoBananaPro = z
  .object({
    prompt: prompt(10_000),
    image_input: imageUrls(8).default([]),
    aspect_ratio: z.enum(squarish).default('1:1'),
    resolution,
    output_format: z.enum(['png', 'jpg']).default('png'),
  })
  .transform(({ prompt, image_input, aspect_ratio: ratio, resolution, output_format }) => {
    return { prompt, imageUrls: image_input, ratio, resolution, format: fileFormat(output_format) };
  });

const nanoBanana2 = z
  .object({
    prompt: prompt(20_000),
    image_input: imageUrls(14).default([]),
    aspect_ratio: z.enum(elongated).default('auto'),
    resolution,
    output_format: z.enum(['jpg', 'png']).default('jpg'),
    google_search: z.boolean().optional(),
  })
  .transform(({ prompt, image_input, aspect_ratio: ratio, resolution, output_format }) => {
    return { prompt, imageUrls: image_input, ratio, resolution, format: fileFormat(output_format) };
  });

// Known from one user of it only: the limit of the prompt is that of its elder sister.
const nanoBanana2Lite = z
  .object({
    prompt: prompt(20_000),
    image_urls: imageUrls(10).default([]),
    aspect_ratio: z.enum(elongated).default('auto'),
  })
  .transform(({ prompt, image_urls, aspect_ratio: ratio }) => {
    return { prompt, imageUrls: image_urls, ratio, resolution: '1K', format: 'jpeg' as const };
  });

const models = new Map<string, KieModel>([
  ['google/nano-banana', { input: nanoBanana, largestImageMegabytes: 10, isOld: true }],
  ['google/nano-banana-edit', { input: nanoBananaEdit, largestImageMegabytes: 10, isOld: true }],
  ['nano-banana-pro', { input: nanoBananaPro, largestImageMegabytes: 30, isOld: false }],
  ['nano-banana-2', { input: nanoBanana2, largestImageMegabytes: 30, isOld: false }],
  ['nano-banana-2-lite', { input: nanoBanana2Lite, largestImageMegabytes: 30, isOld: false }],
]);

export function findKieModel(name: string): KieModel | undefined {
  return models.get(name);
}
