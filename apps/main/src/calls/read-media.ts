import type { MediaField } from '@darkroom/integration-sdk';
import { checkOutboundUrl, reachableBaseUrl } from '@darkroom/platform-http';
import type { Pool } from '@darkroom/platform-postgres';
import type { ProblemFault } from '../problems/problem-error.ts';
import { findNamedMedia, type NamedMedia } from './find-named-media.query.ts';
import { jsonPointer } from './json-pointer.ts';
import { mediaPlacesIn, type NamedId, namedIdOf } from './media-references.ts';

export interface MediaSurroundings {
  pool: Pool;
  /** Private origins that media addresses may point at. */
  allowOrigins: readonly string[];
  /** Where providers would fetch uploads; undefined where it is not configured. */
  publicBaseUrl: string | undefined;
  /** The simulator runs beside us and reaches every address. */
  simulated: boolean;
}

/** The uploads and the stored artifacts of an account among these ids. */
export type FindMedia = (ids: string[]) => Promise<NamedMedia[]>;

interface MediaReading extends MediaSurroundings {
  accountId: string;
  /** Where several inputs are read at once, and what they name is looked for together. */
  findMedia?: FindMedia | undefined;
  mediaFields: Readonly<Record<string, MediaField>>;
}

/** The images and videos that an input names. */
export interface ReadMedia {
  faults: ProblemFault[];
  /** The artifacts among them, and those that uploads among them were made from: each once, in the input's order. */
  sourceArtifactIds: string[];
  /** Those that it names itself: their bytes are needed until the call has ended. */
  namedArtifactIds: string[];
}

/** Looks at what an input names. Only one that names uploads or artifacts costs a query. */
export async function readMedia(input: Record<string, unknown>, reading: MediaReading): Promise<ReadMedia> {
  const places = mediaPlacesIn(input, reading.mediaFields);
  const addressFaults = places.flatMap(({ value, path }) =>
    typeof value === 'string' ? faultsAt(path, checkOutboundUrl(value, reading.allowOrigins)) : [],
  );
  const named = places.flatMap(({ value, path, field }) => {
    const found = namedIdOf(value);
    return found === undefined ? [] : [{ ...found, path: [...path, found.name], field }];
  });
  if (named.length === 0) return { faults: addressFaults, sourceArtifactIds: [], namedArtifactIds: [] };
  const find = reading.findMedia ?? ((ids) => findNamedMedia(reading.pool, [ids, reading.accountId]));
  const files = new Map((await find(named.map(({ id }) => id))).map((file) => [file.id, file]));
  const fileFaults = named.flatMap((file) =>
    faultsAt(file.path, faultOf(file, files.get(file.id)?.content_type, reading)),
  );
  const sources = named.flatMap(({ id }) => files.get(id)?.source_artifact_ids ?? []);
  const artifacts = named.filter(({ kind }) => kind === 'artifact').map(({ id }) => id);
  return {
    faults: [...addressFaults, ...fileFaults],
    sourceArtifactIds: [...new Set(sources)],
    namedArtifactIds: [...new Set(artifacts)],
  };
}

interface NamedFile extends NamedId {
  path: PropertyKey[];
  field: MediaField;
}

const unknownFile = {
  upload: 'is no upload of this account; make one with POST /v1/uploads',
  artifact: 'is no artifact of this account that is still stored; the outputs of its calls name those that are',
};

function faultOf(
  { kind: named, field: { kind, sentAs } }: NamedFile,
  contentType: string | undefined,
  reading: MediaReading,
): string | undefined {
  if (contentType === undefined) return unknownFile[named];
  if (!contentType.startsWith(`${kind}/`)) return `must be an ${named} of type ${kind}, and this one is ${contentType}`;
  if (sentAs === 'inline' || reachableBaseUrl(reading) !== undefined) return undefined;
  return `is fetched by the provider itself, which cannot reach this Darkroom: set PUBLIC_BASE_URL to its public address (docs/guides/callbacks.md), or name a public URL instead of an ${named}`;
}

function faultsAt(path: readonly PropertyKey[], message: string | undefined): ProblemFault[] {
  return message === undefined ? [] : [{ path: jsonPointer(path), message }];
}
