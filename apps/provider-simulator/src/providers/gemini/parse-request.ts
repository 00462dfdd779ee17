import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { refused, understood, type ParsedRequest } from '../image-dialect.ts';
import { imageOfBytes } from '../input-image.ts';
import { ownAspectRatio, pixelsOf } from './image-size.ts';
import { geminiRequestSchema, type GeminiRequest } from './request.schema.ts';

const action = ':generateContent';

export async function parseGeminiRequest(request: FastifyRequest): Promise<ParsedRequest> {
  const { target } = request.params as { target: string };
  if (!target.endsWith(action)) return refused({ kind: 'unknown_model', model: target });
  const body = geminiRequestSchema.safeParse(request.body);
  if (!body.success) return refused({ kind: 'bad_request', ...faultMessage(body.error) });

  const parts = body.data.contents.flatMap((content) => content.parts);
  const inputs: Buffer[] = [];
  for (const part of parts) {
    if (!part.inlineData) continue;
    const input = await imageOfBytes(Buffer.from(part.inlineData.data, 'base64'));
    if (!input) return refused({ kind: 'bad_request', message: 'Unable to process input image.' });
    inputs.push(input);
  }

  const size = await sizeOf(body.data, inputs);
  if (!size) {
    const message = 'Invalid value at generation_config.image_config: aspect_ratio or image_size is not supported.';
    return refused({ kind: 'bad_request', message, field: 'generation_config.image_config' });
  }
  return understood({
    ...size,
    model: target.slice(0, -action.length),
    prompt: parts.flatMap(({ text }) => text ?? []).join('\n'),
    count: 1,
    inputs,
    imageOnly: body.data.generationConfig?.responseModalities?.includes('TEXT') === false,
  });
}

async function sizeOf({ generationConfig }: GeminiRequest, inputs: readonly Buffer[]) {
  const { aspectRatio, imageSize = '1K' } = generationConfig?.imageConfig ?? {};
  return pixelsOf(aspectRatio ?? (await ownAspectRatio(inputs)), imageSize);
}
