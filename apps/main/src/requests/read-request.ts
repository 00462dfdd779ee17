import { mediaRequestSchema, type MediaRequest, submitCallSchema } from '@darkroom/contract';
import type { MappedRequest } from '@darkroom/integration-sdk';
import { invalid, type ReadOptions, readSubmission, refuseShape, type Submission } from '../calls/read-submission.ts';
import { schemaFaults } from '../calls/schema-faults.ts';
import { findUnstorable } from '../calls/unstorable-text.ts';
import { ProblemError } from '../problems/problem-error.ts';
import type { RequestCatalog, RequestOperation } from './request-catalog.ts';

export interface RequestReadOptions extends ReadOptions {
  requestCatalog: RequestCatalog;
}

/**
 * Reads the body of `POST /v1/requests` as a call of the operation that it names or that is configured. A ProblemError lists the faults,
 * with the paths of the request's own fields. Of I/O there is only the look at uploads that it names.
 */
export async function readRequest(body: unknown, options: RequestReadOptions): Promise<Submission> {
  refuseShape(body);
  const request = parse(body);
  const hasImages = request.type === 'image' ? request.images !== undefined : request.image !== undefined;
  const found = options.requestCatalog.find({ type: request.type, provider: request.provider, hasImages });
  const { input, ...fulfilment } = mapped(request, found);
  const { integration, operation, mapping } = found;

  const call = { ...fieldsOfCall(request), integration, operation, input };
  const submission = await readSubmission(call, options).catch((error: unknown) => {
    throw error instanceof ProblemError
      ? error.withPaths((path) => pathInRequest(path, request, mapping.origins))
      : error;
  });
  const { type, requestId, userId } = request;
  return { ...submission, madeOf: { fulfilment: { type, ...fulfilment }, requestId, userId } };
}

function parse(body: unknown): MediaRequest {
  const parsed = mediaRequestSchema.safeParse(body);
  const faults = parsed.success ? [] : schemaFaults(parsed.error);
  const unstorable = findUnstorable(body, []);
  if (!parsed.success || unstorable.length > 0) throw invalid([...faults, ...unstorable]);
  if (parsed.data.webhookUrl !== undefined && parsed.data.webhook !== undefined)
    throw invalid([{ path: '/webhookUrl', message: 'cannot stand beside `webhook`; leave one of them out' }]);
  return parsed.data;
}

function mapped(request: MediaRequest, { mapping, integration, operation }: RequestOperation): MappedRequest {
  if (request.type === 'image' && mapping.type === 'image') return mapping.toInput(request);
  if (request.type === 'video' && mapping.type === 'video') return mapping.toInput(request);
  throw new Error(`${integration}/${operation} was found for ${request.type} requests, which it does not make.`);
}

/** What a call takes beside its operation and its input: the request has it under the same names. */
function fieldsOfCall({ webhookUrl, ...request }: MediaRequest): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(request).filter(([name]) => name in submitCallSchema.shape)),
    ...(webhookUrl !== undefined && { webhook: { url: webhookUrl } }),
  };
}

function pathInRequest(path: string, { webhookUrl }: MediaRequest, origins: Readonly<Record<string, string>>): string {
  if (path === '/webhook/url' && webhookUrl !== undefined) return '/webhookUrl';
  const [, top, field = '', ...rest] = path.split('/');
  if (top === 'integration' || top === 'operation') return '/provider';
  if (top !== 'input') return path;
  return field === '' ? '' : ['', origins[field] ?? field, ...rest].join('/');
}
