import type { ImageRequest, MediaRequestType, RequestFulfilment, VideoRequest } from '@darkroom/contract';

/** A request in the words of one operation. */
export interface MappedRequest extends Omit<RequestFulfilment, 'type'> {
  input: Record<string, unknown>;
}

/** How an operation takes provider-neutral requests of one type. Pure. */
export interface RequestMapping<Type extends MediaRequestType, Request> {
  type: Type;
  /** Whether a request can, must or cannot bring images. */
  images: 'optional' | 'required' | 'none';
  /** The field of the request that each field of the input is made from: faults of the input are told with it. */
  origins: Readonly<Record<string, string>>;
  toInput(request: Request): MappedRequest;
}

export type ImageRequestMapping = RequestMapping<'image', ImageRequest>;
export type VideoRequestMapping = RequestMapping<'video', VideoRequest>;

/** What one rule makes of a request; the parts of all rules are the mapped request. */
export type MappedPart = Partial<MappedRequest>;

export function mergeParts(parts: readonly MappedPart[]): MappedRequest {
  return {
    input: Object.assign({}, ...parts.map(({ input }) => input)) as Record<string, unknown>,
    notHonoured: parts.flatMap(({ notHonoured = [] }) => notHonoured),
    honouredAs: parts.flatMap(({ honouredAs = [] }) => honouredAs),
  };
}

/** The part of a field that cannot be honoured. */
export function notHonoured(field: string, reason: string): MappedPart {
  return { notHonoured: [{ field, reason }] };
}
