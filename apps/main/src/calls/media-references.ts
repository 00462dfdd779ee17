import { isId } from '@darkroom/contract';
import type { MediaField } from '@darkroom/integration-sdk';

/** A place in an input that may hold a media reference. */
export interface MediaPlace {
  value: unknown;
  path: PropertyKey[];
  field: MediaField;
}

/** Every such place that is filled, by the operation's media fields. */
export function mediaPlacesIn(
  input: Record<string, unknown>,
  mediaFields: Readonly<Record<string, MediaField>>,
): MediaPlace[] {
  return Object.entries(mediaFields).flatMap(([name, field]) =>
    elementsOf(input[name], ['input', name]).map((element) => ({ ...element, field })),
  );
}

function elementsOf(value: unknown, path: PropertyKey[]): Omit<MediaPlace, 'field'>[] {
  return Array.isArray(value)
    ? value.map((element: unknown, index) => ({ value: element, path: [...path, index] }))
    : [{ value, path }];
}

const kinds = [
  { kind: 'upload', name: 'uploadId', prefix: 'upl' },
  { kind: 'artifact', name: 'artifactId', prefix: 'art' },
] as const;

/** What a reference names by an id, in which of its fields. */
export interface NamedId {
  kind: (typeof kinds)[number]['kind'];
  name: string;
  id: string;
}

/** Undefined for an address, and for what is no id at all: the operation's schema refuses it. */
export function namedIdOf(reference: unknown): NamedId | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const fields = reference as Record<string, unknown>;
  for (const { kind, name, prefix } of kinds) {
    const id = fields[name];
    if (typeof id === 'string' && isId(prefix, id)) return { kind, name, id };
  }
  return undefined;
}
