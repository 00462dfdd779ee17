import type { FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { faultMessage } from '../../fault-message.ts';
import { readInputs } from '../../input-url.ts';
import { refusedTask, understoodTask, type ParsedTask } from '../../task-dialect.ts';
import { contentFault } from './check-content.ts';
import { videoRequestSchema, type ContentItem } from './request.schema.ts';
import { readTextFlags } from './text-flags.ts';
import { hasSound, pixelsOf, secondsOf, videoFacts } from './video-facts.ts';

/** Reads a request for a video, as strictly as the documents are. */
export async function parseVideoRequest({ body }: FastifyRequest): Promise<ParsedTask> {
  const request = videoRequestSchema.safeParse(body);
  if (!request.success) return refusedTask({ kind: 'bad_request', ...faultMessage(request.error) });
  const { model, content, callback_url: callbackUrl, ...rest } = request.data;
  const fault = contentFault(content);
  if (fault !== undefined) return badContent(fault);

  const text = content.find((item) => item.type === 'text')?.text ?? '';
  const { prompt, look } = readTextFlags(text);
  if (!look.success) return refusedTask({ kind: 'bad_request', ...faultMessage(look.error) });
  const wanted = { ...look.data, ...definedOf(rest) };
  if (wanted.frames !== undefined && hasSound(model)) {
    return refusedTask({ kind: 'bad_request', message: `${model} does not take frames.`, field: 'frames' });
  }

  const inputs = await readInputs(content.flatMap(imageUrlOf));
  if (inputs.unreadable !== undefined) return badContent(`the image ${inputs.unreadable} could not be read`);
  const sizes = await Promise.all(inputs.images.map(sizeOf));
  const wrongSize = sizes.find((size) => !isAllowed(size));
  if (wrongSize) {
    return badContent(
      `an image of ${wrongSize.width}x${wrongSize.height} is outside 300 to 6000 pixels or ratio 0.4 to 2.5`,
    );
  }

  const facts = videoFacts(request.data, wanted, sizes[0]);
  const order = { model, prompt, ...pixelsOf(facts), count: 1, seconds: secondsOf(facts), callbackUrl, details: facts };
  const notes = inputs.fetched.length > 0 ? { inputs: inputs.fetched } : undefined;
  return understoodTask(order, inputs.images, notes);
}

function badContent(message: string): ParsedTask {
  return refusedTask({
    kind: 'bad_request',
    message: `The parameter content is not valid: ${message}.`,
    field: 'content',
  });
}

/** What a request leaves out does not stand against what its text says. */
function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}

function imageUrlOf(item: ContentItem): string[] {
  return item.type === 'image_url' && !item.image_url.url.startsWith('asset:') ? [item.image_url.url] : [];
}

async function sizeOf(image: Buffer) {
  const { autoOrient } = await sharp(image).metadata();
  return autoOrient;
}

function isAllowed({ width, height }: { readonly width: number; readonly height: number }): boolean {
  const ratio = width / height;
  return Math.min(width, height) >= 300 && Math.max(width, height) <= 6000 && ratio > 0.4 && ratio < 2.5;
}
