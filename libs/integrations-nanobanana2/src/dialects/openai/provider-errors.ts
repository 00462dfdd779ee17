import type { ErrorRules } from '@darkroom/integration-sdk/answers';

const moderation = /(^| )(moderation_blocked|content_policy_violation|content_filter)( |$)/;
/** OpenAI's and LiteLLM's names for an account without money; the status differs. */
const quota = /(^| )(insufficient_quota|billing_hard_limit_reached|budget_exceeded)( |$)/;

export const contentRefused = {
  failure: 'content_rejected',
  advice: 'The provider refused the content: change the prompt or the images.',
} as const;
const quotaExceeded = {
  failure: 'provider_quota_exceeded',
  advice: "The provider account's quota or budget is used up: raise it, then make the call again.",
} as const;
const authentication = {
  failure: 'provider_authentication',
  advice: 'The provider does not accept the key: check NANOBANANA2_EXTERNAL_API_KEY and its rights.',
} as const;
const rejected = {
  failure: 'provider_rejected',
  advice: 'The provider does not take this input: change what it names.',
} as const;

/** What is said by the status alone. 500, 502 and 504 come from within: they may have been charged. */
const byStatus = [
  { status: 400, ...rejected },
  { status: 401, ...authentication },
  { status: 402, ...quotaExceeded },
  { status: 403, ...authentication },
  {
    status: 404,
    failure: 'provider_rejected',
    advice: 'The provider does not have this model or path: check NANOBANANA2_EXTERNAL_MODEL, _BASE_URL and _DIALECT.',
  },
  { status: 405, ...rejected },
  { status: 413, ...rejected },
  { status: 415, ...rejected },
  { status: 422, ...rejected },
  { status: 429, failure: 'provider_rate_limited', advice: 'Too many requests for this key.', retry: true },
  {
    status: 503,
    failure: 'provider_unavailable',
    advice: 'The model is overloaded: make the call again later.',
    retry: true,
  },
] as const;

/** Answers by which the provider says, in its own envelope, that it did not take the request. Others do not tell. */
export const errorRules: ErrorRules = [
  ...byStatus.map(({ status }) => ({ status, code: moderation, ...contentRefused })),
  ...byStatus.map(({ status }) => ({ status, code: quota, ...quotaExceeded })),
  // A limit for the whole day, by the message alone: waiting within a call's deadline cannot help.
  { status: 429, message: /per[ _]day|\bRPD\b/i, ...quotaExceeded },
  ...byStatus,
];

/** Why a success by its status holds no image. */
export const resultRules: ErrorRules = [{ code: moderation, ...contentRefused }];

/** What no line stands for. Gateways pass a safety block on like this too (github.com/BerriAI/litellm/issues/20357). */
export const withoutImage = {
  failure: 'provider_failed',
  advice:
    'The provider answered without an image, which some gateways do for blocked content. Change the prompt, or make the call again.',
} as const;
