import { TypeID, typeid } from 'typeid-js';
import { z } from 'zod';

/** The kinds of things that have an id of their own; the word is the id's prefix (`call_01k…`). */
export const identifierPrefixes = ['call', 'evt', 'art', 'bat', 'key', 'upl', 'ntf', 'sub', 'ses'] as const;
export type IdentifierPrefix = (typeof identifierPrefixes)[number];

/** Makes a new TypeID (UUIDv7, so ids sort by the time they were made). */
export function createId(prefix: IdentifierPrefix): string {
  return typeid(prefix).toString();
}

/** Makes the TypeID of a given UUID: for ids that must come out the same whenever the same thing is stored again. */
export function idFromUuid(prefix: IdentifierPrefix, uuid: string): string {
  return TypeID.fromUUID(prefix, uuid).toString();
}

/** Whether the text is a well-formed id of this kind. It says nothing about whether the thing exists. */
export function isId(prefix: IdentifierPrefix, text: string): boolean {
  try {
    return TypeID.fromString(text, prefix).toString() === text;
  } catch {
    return false;
  }
}

/** A schema for ids of one kind. */
export function idSchema(prefix: IdentifierPrefix) {
  return z.string().refine((text) => isId(prefix, text), { message: `must be an id that starts with "${prefix}_"` });
}
