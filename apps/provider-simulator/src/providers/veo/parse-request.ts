import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { imageFactsOf } from '../image-facts.ts';
import { imageOfBytes } from '../input-image.ts';
import { refusedTask, understoodTask, type ParsedTask } from '../task-dialect.ts';
import { veoRequestSchema, type VeoRequest } from './request.schema.ts';

const action = ':predictLongRunning';
const shortSide: Readonly<Record<string, number>> = { '720p': 720, '1080p': 1080, '4k': 2160 };

export async function parseVeoRequest(request: FastifyRequest): Promise<ParsedTask> {
  const { target } = request.params as { target: string };
  const body = veoRequestSchema.safeParse(request.body);
  if (!body.success) return refusedTask({ kind: 'bad_request', ...faultMessage(body.error) });

  const inputs: Buffer[] = [];
  for (const bytes of imagesIn(body.data)) {
    const image = await imageOfBytes(bytes);
    if (!image) return refusedTask({ kind: 'bad_request', message: 'Unable to process input image.' });
    inputs.push(image);
  }
  const { resolution, aspectRatio, durationSeconds, sampleCount } = body.data.parameters;
  const side = shortSide[resolution] ?? 720;
  const longSide = Math.round((side * 16) / 9);
  const [width, height] = aspectRatio === '16:9' ? [longSide, side] : [side, longSide];
  const order = {
    model: target.slice(0, -action.length),
    prompt: body.data.instances[0].prompt,
    width,
    height,
    seconds: durationSeconds,
    count: sampleCount,
    details: {},
  };
  return understoodTask(order, inputs, { inputs: await Promise.all(inputs.map(imageFactsOf)) });
}

function imagesIn({ instances: [{ image, lastFrame, referenceImages }] }: VeoRequest): readonly Buffer[] {
  return [image, lastFrame, ...referenceImages.map((reference) => reference.image)].flatMap((input) =>
    input ? Buffer.from(input.bytesBase64Encoded, 'base64') : [],
  );
}
