import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { faultMessage } from '../fault-message.ts';
import { ownAspectRatio, pixelsOf } from '../gemini/image-size.ts';
import { imageFactsOf } from '../image-facts.ts';
import { readInputs } from '../input-url.ts';
import { refusedTask, understoodTask, type ParsedTask } from '../task-dialect.ts';
import { findKieModel } from './kie-models.ts';

const requestSchema = z.object({
  model: z.string(),
  callBackUrl: z.url({ protocol: /^https?$/ }).optional(),
  input: z.record(z.string(), z.unknown()),
});

const imageFormats = new Set(['jpeg', 'png', 'webp']);

export async function parseKieRequest(request: FastifyRequest): Promise<ParsedTask> {
  const body = requestSchema.safeParse(request.body);
  if (!body.success) return invalid(faultMessage(body.error).message);
  const { model: name, callBackUrl } = body.data;
  const model = findKieModel(name);
  if (!model) return refusedTask({ kind: 'unknown_model', model: name });
  const input = model.input.safeParse(body.data.input);
  if (!input.success) return invalid(faultMessage(input.error).message);

  const { prompt, imageUrls, ratio, resolution, format } = input.data;
  const { images, fetched, unreadable } = await readInputs(imageUrls);
  if (unreadable !== undefined) return invalid(`Failed to read the input image from ${unreadable}`);
  if (images.some((image) => image.length > model.largestImageMegabytes * 1024 * 1024)) {
    return invalid(`An input image is larger than ${model.largestImageMegabytes}MB`);
  }
  const facts = await Promise.all(images.map(imageFactsOf));
  if (facts.some((image) => !imageFormats.has(image.format))) return invalid('File type not supported');
  const pixels = pixelsOf(ratio === 'auto' ? await ownAspectRatio(images) : ratio, resolution);
  if (!pixels) throw new Error(`There are no pixels for ${ratio} at ${resolution}.`);
  const order = {
    ...pixels,
    model: name,
    prompt,
    count: 1,
    imageFormat: format,
    callbackUrl: callBackUrl,
    details: { input: body.data.input },
  };
  return understoodTask(order, images, { inputs: fetched });
}

function invalid(message: string): ParsedTask {
  return refusedTask({ kind: 'bad_request', message });
}
