import { callEndTypes, type OperationLimits, type RequestFulfilment, submitCallSchema } from '@darkroom/contract';
import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import {
  type NewSubscription,
  readSubscriptions,
  type SubscriptionSurroundings,
} from '../notifications/read-subscriptions.ts';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';
import { faultOfShape } from './fault-of-shape.ts';
import { type FindMedia, type MediaSurroundings, readMedia } from './read-media.ts';
import { schemaFaults } from './schema-faults.ts';
import { readTimes } from './read-times.ts';
import { findUnstorable } from './unstorable-text.ts';

/** A call that may be accepted: its input has been parsed by the operation's own schema. */
export interface Submission {
  integration: string;
  operation: string;
  input: Record<string, unknown>;
  metadata: Record<string, string>;
  limits: OperationLimits;
  /** The artifacts that its input names, itself or by an upload that was made from them. */
  sourceArtifactIds?: readonly string[];
  /** Those that it names itself, which have to be there when the call is accepted. */
  namedArtifactIds?: readonly string[];
  /** When a cancel is requested by itself. */
  cancelAfter?: Date;
  /** From when on it may be started; at once where it is undefined. */
  startAt?: Date;
  /** The request that it is made of. */
  madeOf?: SubmittedRequest;
  /** Who is told of its events, beside the account's own subscriptions. */
  subscriptions?: readonly NewSubscription[];
}

/** What a call keeps of the request that it is made of. */
export interface SubmittedRequest {
  fulfilment: RequestFulfilment;
  /** Unique in the account. */
  requestId?: string | undefined;
  userId?: string | undefined;
}

export interface SubmissionSurroundings extends MediaSurroundings, SubscriptionSurroundings {
  catalog: IntegrationCatalog;
}

export interface ReadOptions extends SubmissionSurroundings {
  accountId: string;
  findMedia?: FindMedia;
}

const maxInputBytes = 256 * 1024;

/** Reads the body of `POST /v1/calls`; a ProblemError lists every fault at once, each with its path. */
export async function readSubmission(body: unknown, options: ReadOptions): Promise<Submission> {
  refuseShape(body);
  const parsedBody = submitCallSchema.safeParse(body);
  const bodyFaults = parsedBody.success ? [] : schemaFaults(parsedBody.error);
  const { integration, operation, input, metadata } = partsOf(body);
  if (typeof integration !== 'string' || typeof operation !== 'string') throw invalid(bodyFaults);

  const available = options.catalog.findOperation(integration, operation);
  const unstorable = [...findUnstorable(input, ['input']), ...findUnstorable(metadata, ['metadata'])];
  if (unstorable.length > 0) throw invalid([...bodyFaults, ...unstorable]);
  refuseLargeInput(input);

  const parsedInput = isRecord(input) ? available.definition.input.safeParse(input) : undefined;
  const inputFaults = parsedInput?.error === undefined ? [] : schemaFaults(parsedInput.error, ['input']);
  const { mediaFields } = available.definition;
  const media = await readMedia(isRecord(input) ? input : {}, { ...options, mediaFields });
  const times = readTimes(parsedBody.data ?? {}, new Date());
  const subscriptions = readSubscriptions(parsedBody.data ?? {}, options, callEndTypes);
  const faults = [...bodyFaults, ...inputFaults, ...media.faults, ...times.faults, ...subscriptions.faults];
  if (faults.length > 0 || !parsedBody.success || parsedInput?.data === undefined) throw invalid(faults);

  const { sourceArtifactIds, namedArtifactIds } = media;
  return {
    integration,
    operation,
    input: parsedInput.data,
    ...(sourceArtifactIds.length > 0 && { sourceArtifactIds }),
    ...(namedArtifactIds.length > 0 && { namedArtifactIds }),
    metadata: parsedBody.data.metadata ?? {},
    limits: available.described.limits,
    ...times.read,
    subscriptions: subscriptions.read,
  };
}

/** Throws the problem of a body that nobody needs and that would be read for seconds. */
export function refuseShape(body: unknown): void {
  const message = faultOfShape(body);
  if (message !== undefined) throw invalid([{ path: '', message }]);
}

function partsOf(body: unknown): Record<string, unknown> {
  return isRecord(body) ? body : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseLargeInput(input: unknown): void {
  if (input === undefined || Buffer.byteLength(JSON.stringify(input)) <= maxInputBytes) return;
  throw new ProblemError('too_large', 'Make `input` smaller than 256 KB; images go in as URLs or uploads.', {
    errors: [{ path: '/input', message: `must be at most ${maxInputBytes} bytes as JSON` }],
  });
}

/** The problem of a body with these faults. */
export function invalid(errors: ProblemFault[]): ProblemError {
  return new ProblemError('invalid_request', 'Correct what `errors` lists and send the request again.', { errors });
}
