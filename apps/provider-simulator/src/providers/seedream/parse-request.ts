import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { refused, understood, type ParsedRequest } from '../image-dialect.ts';
import { readInputs } from '../input-url.ts';
import { seedreamPixels } from './image-size.ts';
import { seedreamRequestSchema, type SeedreamRequest } from './request.schema.ts';

// The model itself decides how many images a group needs, up to this sum of inputs and results.
const largestGroup = 15;
const usualGroup = 3;

export async function parseSeedreamRequest(request: FastifyRequest): Promise<ParsedRequest> {
  const body = seedreamRequestSchema.safeParse(request.body);
  if (!body.success) return refused({ kind: 'bad_request', ...faultMessage(body.error) });
  const { model, prompt, size, response_format, watermark, output_format } = body.data;

  const pixels = seedreamPixels(size, prompt);
  if (!pixels) {
    const message = `The parameter size specified in the request is not valid: ${size.slice(0, 40)}.`;
    return refused({ kind: 'bad_request', message, field: 'size' });
  }
  const urls = [body.data.image].flat();
  const { images, unreadable } = await readInputs(urls);
  if (unreadable !== undefined) {
    return refused({ kind: 'bad_request', message: `The image from ${unreadable} cannot be read.`, field: 'image' });
  }
  return understood({
    ...pixels,
    model,
    prompt,
    count: groupSize(body.data, urls.length),
    inputs: images,
    delivery: response_format === 'b64_json' ? 'inline' : 'url',
    imageFormat: output_format,
    ...(watermark && { watermark: 'AI generated' }),
  });
}

function groupSize(request: SeedreamRequest, inputs: number): number {
  if (request.sequential_image_generation === 'disabled') return 1;
  const wanted = request.sequential_image_generation_options.max_images ?? usualGroup;
  return Math.max(1, Math.min(wanted, largestGroup - inputs));
}
