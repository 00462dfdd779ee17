import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { ownAspectRatio, pixelsOf } from '../gemini/image-size.ts';
import { refused, understood, type ParsedRequest } from '../image-dialect.ts';
import { imageOfDataUri } from '../input-image.ts';
import { litellmRequestSchema } from './request.schema.ts';

export async function parseLitellmRequest(request: FastifyRequest): Promise<ParsedRequest> {
  const body = litellmRequestSchema.safeParse(request.body);
  if (!body.success) return refused({ kind: 'bad_request', ...faultMessage(body.error) });

  const items = body.data.messages.flatMap(({ content }) =>
    typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content,
  );
  const uris = items.flatMap((item) => (item.type === 'image_url' ? [urlOf(item.image_url)] : []));
  const inputs = await Promise.all(uris.map(imageOfDataUri));
  const readable = inputs.filter((input) => input !== undefined);
  if (readable.length < inputs.length) {
    return refused({ kind: 'bad_request', message: 'Unable to process input image: expected a data URI of an image.' });
  }
  const { aspectRatio, imageSize = '1K' } = body.data.imageConfig ?? {};
  const size = pixelsOf(aspectRatio ?? (await ownAspectRatio(readable)), imageSize);
  if (!size) return refused({ kind: 'bad_request', message: 'Unsupported imageConfig', field: 'imageConfig' });
  return understood({
    ...size,
    model: body.data.model,
    prompt: items.flatMap((item) => (item.type === 'text' ? [item.text] : [])).join('\n'),
    count: 1,
    inputs: readable,
  });
}

function urlOf(imageUrl: string | { readonly url: string }): string {
  return typeof imageUrl === 'string' ? imageUrl : imageUrl.url;
}
