import type { FastifyRequest } from 'fastify';
import { faultMessage } from '../fault-message.ts';
import { imageFactsOf } from '../image-facts.ts';
import { imageOfBytes } from '../input-image.ts';
import { readInputs } from '../input-url.ts';
import { readForm } from '../read-form.ts';
import { refusedTask, understoodTask, type ParsedTask } from '../task-dialect.ts';
import { soraRequestSchema } from './request.schema.ts';

const field = 'input_reference';

export async function parseSoraRequest(request: FastifyRequest): Promise<ParsedTask> {
  const form = await readForm(request);
  const body = soraRequestSchema.safeParse(form ? form.fields : request.body);
  if (!body.success) return refusedTask({ kind: 'bad_request', ...faultMessage(body.error) });

  const file = form?.files.find(({ name }) => name === field);
  const link = body.data.input_reference?.image_url;
  const image = file && (await imageOfBytes(file.bytes));
  const linked = await readInputs(link === undefined ? [] : [link]);
  if ((file && !image) || linked.unreadable !== undefined) {
    return refusedTask({ kind: 'bad_request', message: 'Invalid image file or mode for image.', field });
  }
  const { model, prompt, size, seconds } = body.data;
  const [width = 0, height = 0] = size.split('x').map(Number);
  const order = { model, prompt, width, height, seconds: Number(seconds), count: 1, details: { size, seconds } };
  const inputs = image ? [image] : linked.images;
  return understoodTask(order, inputs, { inputs: await Promise.all(inputs.map(imageFactsOf)) });
}
