import type { FastifyRequest } from 'fastify';
import type { DrawnImage } from '../drawing/artist.ts';
import type { MadeFile } from '../ledger/made-file.schema.ts';
import type { ImageFormat } from '../drawing/draw-image.ts';
import type { Delivery } from '../plans/plan.schema.ts';

/** One provider's way to ask for an image and to answer: the request, the success, the blocks and the errors. */
export interface ImageDialect {
  readonly name: string;
  /** What a client is configured with, below the simulator's origin. */
  readonly basePath: string;
  /** The routes that take requests, below `basePath`. */
  readonly paths: readonly string[];
  /** How this dialect can carry an image; the first is its usual way. */
  readonly deliveries: readonly [Delivery, ...Delivery[]];
  /** Whether single images of an answer can fail. */
  readonly failsPartly?: boolean;
  apiKeyOf(request: FastifyRequest): string | undefined;
  /** Reads a request; what the provider would refuse comes back as the refusal. */
  parse(request: FastifyRequest): Promise<ParsedRequest> | ParsedRequest;
  refuse(refusal: Refusal): ProviderAnswer;
  block(where: 'prompt' | 'output', generation: Generation): BlockAnswer;
  answer(content: AnswerContent, generation: Generation): ProviderAnswer;
  /** An error with status 200, for the fault `error_in_200`. */
  errorIn200?(): ProviderAnswer;
}

export type ParsedRequest =
  | { readonly status: 'understood'; readonly generation: Generation }
  | { readonly status: 'refused'; readonly refusal: Refusal };

/** What a client asked for, in the simulator's words. */
export interface Generation {
  readonly model: string;
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly inputs: readonly Buffer[];
  /** How the client asked for the image, where the provider lets it choose. */
  readonly delivery?: Delivery;
  /** The images' format where no plan says otherwise; PNG by default. */
  readonly imageFormat?: ImageFormat;
  /** A line in the corner of each image. */
  readonly watermark?: string;
  /** Whether the client wants no text beside the image. */
  readonly imageOnly?: boolean;
}

/** A request that was not taken on. */
export type Refusal =
  | { readonly kind: 'invalid_key'; readonly apiKey: string | undefined }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'leaks_key'; readonly apiKey: string }
  | { readonly kind: 'bad_request'; readonly message: string; readonly field?: string }
  | { readonly kind: 'unknown_model'; readonly model: string }
  | {
      readonly kind: 'rate_limited';
      readonly retryAfterSeconds?: number | undefined;
      readonly perDay: boolean;
      /** Status 200, the code in the body: for providers that do so. */
      readonly inBody?: boolean | undefined;
    }
  | { readonly kind: 'quota_exceeded' }
  | { readonly kind: 'unavailable_envelope' }
  | { readonly kind: 'internal_error' };

/** What a successful answer holds. */
export type AnswerContent =
  | ({ readonly kind: 'images'; readonly images: readonly DrawnImage[] } & Delivered)
  | ({ readonly kind: 'urls'; readonly urls: readonly string[] } & Delivered)
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' };

interface Delivered {
  readonly delivery: Delivery;
  /** The place in the answer of the one image that failed, where the dialect can say so. */
  readonly failedItem?: number | undefined;
  /** The files that are handed out. */
  readonly results?: MadeFile[];
}

/** A provider's answer, byte for byte. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A content block; whether it counts as accepted depends on the provider's status code for it. */
export interface BlockAnswer {
  readonly accepted: boolean;
  readonly answer: ProviderAnswer;
}

export function understood(generation: Generation): ParsedRequest {
  return { status: 'understood', generation };
}

export function refused(refusal: Refusal): ParsedRequest {
  return { status: 'refused', refusal };
}
