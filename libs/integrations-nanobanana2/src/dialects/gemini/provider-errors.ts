import type { ErrorRules } from '@darkroom/integration-sdk/answers';

const unauthenticated = {
  failure: 'provider_authentication',
  advice: 'The provider does not know the key: check NANOBANANA2_EXTERNAL_API_KEY.',
} as const;

/** Errors by which Google says that it did not take the request. INTERNAL and DEADLINE_EXCEEDED come from within: they may have been charged. */
export const errorRules: ErrorRules = [
  // An invalid key is answered as INVALID_ARGUMENT, told apart by ErrorInfo's reason (unverified, so the message counts too).
  { code: /^INVALID_ARGUMENT.* API_KEY_INVALID/, ...unauthenticated },
  { code: /^INVALID_ARGUMENT/, message: /api key not valid/i, ...unauthenticated },
  {
    code: /^INVALID_ARGUMENT/,
    failure: 'provider_rejected',
    advice: 'The provider does not take this input: change what it names.',
  },
  {
    code: /^FAILED_PRECONDITION/,
    failure: 'provider_rejected',
    advice: "The provider does not serve this account here: check the project's billing and region.",
  },
  { code: /^UNAUTHENTICATED/, ...unauthenticated },
  {
    code: /^PERMISSION_DENIED/,
    failure: 'provider_authentication',
    advice: 'The key may not use this model: check NANOBANANA2_EXTERNAL_API_KEY and its rights.',
  },
  {
    code: /^NOT_FOUND/,
    failure: 'provider_rejected',
    advice:
      'The provider does not have this model: check NANOBANANA2_EXTERNAL_MODEL and NANOBANANA2_EXTERNAL_BASE_URL.',
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
  {
    code: /^UNAVAILABLE/,
    failure: 'provider_unavailable',
    advice: 'The model is overloaded: make the call again later.',
    retry: true,
  },
];

/**
 * Why there is no image, by the finish reason. Those of the first line (js-genai's `FinishReason`) stand for the content, not for a failure
 * of the model.
 */
export const finishRules: ErrorRules = [
  {
    code: /^(SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_SAFETY|IMAGE_PROHIBITED_CONTENT|IMAGE_RECITATION)$/,
    failure: 'content_rejected',
    advice: 'The provider did not give out the image for what it shows: change the prompt or the images.',
  },
];

export const withoutImage = {
  failure: 'provider_failed',
  advice: 'The provider answered without an image. Ask for an image more plainly, or make the call again.',
} as const;

export const promptBlocked = {
  failure: 'content_rejected',
  advice: 'The provider blocked the prompt: change it.',
} as const;
