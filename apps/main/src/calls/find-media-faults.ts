import { isId } from '@darkroom/contract';
import type { MediaField } from '@darkroom/integration-sdk';
import { checkOutboundUrl, reachableBaseUrl } from '@darkroom/platform-http';
import type { Pool } from '@darkroom/platform-postgres';
import type { ProblemFault } from '../problems/problem-error.ts';
import { findUploads } from '../uploads/upload.queries.ts';
import type { UploadRow } from '../database/schema.ts';
import { jsonPointer } from './json-pointer.ts';

export interface MediaSurroundings {
  pool: Pool;
  /** Private origins that media addresses may point at. */
  allowOrigins: readonly string[];
  /** Where providers would fetch uploads; undefined where it is not configured. */
  publicBaseUrl: string | undefined;
  /** The simulator runs beside us and reaches every address. */
  simulated: boolean;
}

/** The uploads of an account among these ids. */
export type FindUploads = (uploadIds: string[]) => Promise<Pick<UploadRow, 'id' | 'content_type'>[]>;

interface MediaReading extends MediaSurroundings {
  accountId: string;
  /** Where several inputs are read at once, and their uploads looked for together. */
  findUploads?: FindUploads | undefined;
  mediaFields: Readonly<Record<string, MediaField>>;
}

/** What is wrong with the images and videos that an input names. Only one that names uploads costs a query. */
export async function findMediaFaults(input: Record<string, unknown>, reading: MediaReading): Promise<ProblemFault[]> {
  const references = Object.entries(reading.mediaFields).flatMap(([name, field]) =>
    referencesIn(input[name], ['input', name]).map((reference) => ({ ...reference, field })),
  );
  const addressFaults = references.flatMap(({ value, path }) =>
    typeof value === 'string' ? faultsAt(path, checkOutboundUrl(value, reading.allowOrigins)) : [],
  );
  const uploads = references.flatMap(({ value, path, field }) => {
    const uploadId = uploadIdOf(value);
    return uploadId === undefined ? [] : [{ uploadId, path: [...path, 'uploadId'], field }];
  });
  return uploads.length === 0 ? addressFaults : [...addressFaults, ...(await findUploadFaults(uploads, reading))];
}

interface Reference {
  value: unknown;
  path: PropertyKey[];
}

function referencesIn(value: unknown, path: PropertyKey[]): Reference[] {
  return Array.isArray(value)
    ? value.map((element: unknown, index) => ({ value: element, path: [...path, index] }))
    : [{ value, path }];
}

/** Undefined also for what is no id at all: the operation's schema refuses it. */
function uploadIdOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('uploadId' in value)) return undefined;
  const { uploadId } = value;
  return typeof uploadId === 'string' && isId('upl', uploadId) ? uploadId : undefined;
}

interface NamedUpload {
  uploadId: string;
  path: PropertyKey[];
  field: MediaField;
}

async function findUploadFaults(uploads: readonly NamedUpload[], reading: MediaReading): Promise<ProblemFault[]> {
  const find = reading.findUploads ?? ((ids) => findUploads(reading.pool, [ids, reading.accountId]));
  const rows = await find(uploads.map(({ uploadId }) => uploadId));
  const contentTypes = new Map(rows.map(({ id, content_type }) => [id, content_type]));
  return uploads.flatMap(({ uploadId, path, field }) =>
    faultsAt(path, faultOfUpload(contentTypes.get(uploadId), field, reading)),
  );
}

function faultOfUpload(
  contentType: string | undefined,
  { kind, sentAs }: MediaField,
  reading: MediaReading,
): string | undefined {
  if (contentType === undefined) return 'is no upload of this account; make one with POST /v1/uploads';
  if (!contentType.startsWith(`${kind}/`)) return `must be an upload of type ${kind}, and this one is ${contentType}`;
  if (sentAs === 'inline' || reachableBaseUrl(reading) !== undefined) return undefined;
  return `is fetched by the provider itself, which cannot reach this Darkroom: set PUBLIC_BASE_URL to its public address (docs/guides/callbacks.md), or name a public URL instead of an upload`;
}

function faultsAt(path: readonly PropertyKey[], message: string | undefined): ProblemFault[] {
  return message === undefined ? [] : [{ path: jsonPointer(path), message }];
}
