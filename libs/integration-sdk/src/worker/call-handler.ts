import type { ArtifactFacts, ArtifactRole, Failure } from '@darkroom/contract';

/** An input image that was fetched through the guarded client before anything was paid. */
export interface InputImage {
  /** The input field that named it. */
  field: string;
  contentType: string;
  bytes: Uint8Array;
}

/** A field of a `multipart/form-data` body: text, or a file. */
export type FormPart =
  { name: string; text: string } | { name: string; fileName: string; contentType: string; bytes: Uint8Array };

/** An input file that the provider fetches by itself: the user's own address, or a signed one for an upload. */
export interface MediaUrl {
  /** The input field that named it. */
  field: string;
  url: string;
}

/** The one paid request of a `call` operation: `body` is sent as JSON, `form` as `multipart/form-data`, `bytes` as they are. */
export type ProviderRequest = { url: string; headers: Record<string, string> } & (
  { body: unknown } | { form: FormPart[] } | { contentType: string; bytes: Uint8Array }
);

/** The provider's whole answer, as it came over the wire. */
export interface ProviderResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * A file that the provider made: its bytes, or an address from which the worker downloads it through the guarded client. `headers` go
 * to the address's own origin only, also where it redirects. `role` is `result` where it is absent.
 */
export type ProviderResult = { kind: 'image' | 'video'; role?: ArtifactRole } & (
  { bytes: Uint8Array } | { url: string; headers?: Record<string, string> }
);

/**
 * What an answer means. `refused`: in the provider's own words it did not take the submission. `failed`: it took it and there
 * will be no result. `unknown`: the answer does not tell.
 */
export type ProviderOutcome =
  | { kind: 'accepted'; externalId?: string; results: ProviderResult[]; details?: Record<string, unknown> }
  | { kind: 'refused'; error: Failure; retry: boolean; retryAfterSeconds?: number }
  | { kind: 'failed'; error: Failure; externalId?: string }
  | { kind: 'unknown'; reason: string };

/** What an author writes for an operation whose delivery is `call`. All three are pure. */
export interface CallHandler<Input, Output, Settings> {
  toProviderRequest(given: {
    input: Input;
    images: InputImage[];
    mediaUrls: MediaUrl[];
    settings: Settings;
  }): ProviderRequest;
  /** Must not throw on any body; what it cannot read is `provider_response_invalid` or `unknown`. */
  fromProviderResponse(given: { response: ProviderResponse; input: Input; settings: Settings }): ProviderOutcome;
  /** What is wrong with an input that fits the schema and not these settings, a model's limits for instance; said before anything is paid. */
  findInputFault?(given: { input: Input; settings: Settings }): string | undefined;
  /** `details` are those of the accepted outcome. */
  toOutput(given: { artifacts: ArtifactFacts[]; details: Record<string, unknown> }): Output;
}
