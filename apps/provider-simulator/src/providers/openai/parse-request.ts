import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { refused, understood, type ParsedRequest } from '../image-dialect.ts';
import { imageOfBytes, imageOfDataUri } from '../input-image.ts';
import { pixelSize } from '../pixel-size.ts';
import { readForm } from '../read-form.ts';
import { openaiRequestSchema, type OpenaiRequest } from './request.schema.ts';

export async function parseOpenaiRequest(request: FastifyRequest): Promise<ParsedRequest> {
  const form = await readForm(request);
  const body = openaiRequestSchema.safeParse(form ? form.fields : request.body);
  if (!body.success) return refused({ kind: 'bad_request', ...faultMessage(body.error) });

  const size = pixelSize(body.data.size);
  if (!size) return refused({ kind: 'bad_request', message: `Invalid size '${body.data.size}'.`, field: 'size' });
  if (body.data.response_format && alwaysInline(body.data)) {
    return refused({ kind: 'bad_request', message: "Unknown parameter: 'response_format'.", field: 'response_format' });
  }
  const uris = [body.data.image ?? []].flat();
  const inputs = await Promise.all([
    ...uris.map(imageOfDataUri),
    ...(form?.files ?? []).map(({ bytes }) => imageOfBytes(bytes)),
  ]);
  const readable = inputs.filter((input) => input !== undefined);
  if (readable.length < inputs.length) {
    return refused({
      kind: 'bad_request',
      message: 'Invalid image: expected data URIs or files of images.',
      field: 'image',
    });
  }
  return understood({
    ...size,
    model: body.data.model,
    prompt: body.data.prompt,
    count: body.data.n,
    inputs: readable,
    delivery: body.data.response_format === 'b64_json' || alwaysInline(body.data) ? 'inline' : 'url',
  });
}

function alwaysInline({ model }: OpenaiRequest): boolean {
  return model.startsWith('gpt-image');
}
