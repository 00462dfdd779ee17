import type { ErrorRule, ErrorRules, TaskErrors } from '@darkroom/integration-sdk/answers';

/** By number: an operation's error carries a gRPC code, an HTTP error its name. */
// prettier-ignore
export const grpcNames: readonly string[] = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Errors by which Google says that it did not take a request. INTERNAL, UNAVAILABLE and DEADLINE_EXCEEDED come from within: they do not tell. */
const submission: ErrorRules = [
  {
    // Unverified that an invalid key is always answered so.
    code: /API_KEY_INVALID/,
    failure: 'provider_authentication',
    advice: 'The provider does not know the key: check VEO_EXTERNAL_API_KEY.',
  },
  {
    code: /^INVALID_ARGUMENT/,
    message: /api key not valid/i,
    failure: 'provider_authentication',
    advice: 'The provider does not know the key: check VEO_EXTERNAL_API_KEY.',
  },
  {
    code: /^INVALID_ARGUMENT/,
    message: /safety|polic|sensitive|prohibit|violat|responsible ai/i,
    failure: 'content_rejected',
    advice: 'The provider refused the content: change the prompt or the images.',
  },
  {
    code: /^INVALID_ARGUMENT|^OUT_OF_RANGE|^UNIMPLEMENTED/,
    failure: 'provider_rejected',
    advice: 'The provider does not take this input with this model: change what it names.',
  },
  {
    code: /^FAILED_PRECONDITION/,
    failure: 'provider_rejected',
    advice: "The provider does not serve this account here: check the project's billing and region.",
  },
  {
    code: /^UNAUTHENTICATED|^PERMISSION_DENIED/,
    failure: 'provider_authentication',
    advice: 'The key may not use this model: check VEO_EXTERNAL_API_KEY and its rights.',
  },
  {
    code: /^NOT_FOUND/,
    failure: 'provider_rejected',
    advice: 'The provider does not have this model: check VEO_EXTERNAL_MODEL and VEO_EXTERNAL_BASE_URL.',
  },
  {
    code: /^RESOURCE_EXHAUSTED.*PerDay/,
    failure: 'provider_quota_exceeded',
    advice: "The provider's quota for the day is used up: raise it, or make the call again tomorrow.",
  },
  {
    code: /^RESOURCE_EXHAUSTED/,
    failure: 'provider_rate_limited',
    advice: 'Too many requests for this key.',
    retry: true,
  },
];

/** Why an operation that was begun failed. */
const operation: ErrorRules = [
  ...submission,
  {
    code: /^UNAVAILABLE/,
    failure: 'provider_unavailable',
    advice: 'The model is overloaded: make the call again later.',
  },
];

export const errors: TaskErrors = {
  submission,
  task: operation,
  otherwise: {
    failure: 'provider_failed',
    advice: 'The provider could not generate the video: make the call again.',
  },
  withoutResult: {
    failure: 'provider_response_invalid',
    advice:
      'The operation is done, and names no video that can be read: it may have been charged, so ask Google before you pay again.',
  },
  notFound: [{ code: /^NOT_FOUND/ }],
  settings: 'VEO_EXTERNAL_BASE_URL and VEO_EXTERNAL_API_KEY',
};

/** Google ends an operation without an error where its filters held everything back. */
export const heldBack: ErrorRule = {
  failure: 'content_rejected',
  advice: 'The provider made the video and did not give it out for what it shows: change the prompt or the images.',
};
