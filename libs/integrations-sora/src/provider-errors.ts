import type { ErrorRule, ErrorRules, TaskErrors } from '@darkroom/integration-sdk/answers';

/** The codes of moderation are unverified: servers differ in them. */
const moderation = /moderation|content_policy|content_filter|safety/;

const contentRejected = {
  failure: 'content_rejected',
  advice: 'The provider refused the content: change the prompt or the image.',
} as const;
const rejected = {
  failure: 'provider_rejected',
  advice: 'The provider does not take this input: change what it names.',
} as const;
const authentication = {
  failure: 'provider_authentication',
  advice: 'The provider does not accept the key: check SORA_EXTERNAL_API_KEY and its rights.',
} as const;
const quotaExceeded = {
  failure: 'provider_quota_exceeded',
  advice: "The provider account's quota or budget is used up: raise it, then make the call again.",
} as const;
const quota = /insufficient_quota|billing_hard_limit|budget_exceeded/;

/** Answers by which the server says, in its own envelope, that it did not take a request. 500, 502, 503 and 504 come from within. */
const submission: ErrorRules = [
  { status: 400, code: moderation, ...contentRejected },
  { status: 403, code: moderation, ...contentRejected },
  { status: 400, code: quota, ...quotaExceeded },
  { status: 403, code: quota, ...quotaExceeded },
  { status: 429, code: quota, ...quotaExceeded },
  { status: 400, ...rejected },
  { status: 401, ...authentication },
  { status: 402, ...quotaExceeded },
  { status: 403, ...authentication },
  {
    status: 404,
    failure: 'provider_rejected',
    advice: 'The provider does not have this model or path: check SORA_EXTERNAL_MODEL and SORA_EXTERNAL_BASE_URL.',
  },
  { status: 413, ...rejected },
  { status: 415, ...rejected },
  { status: 422, ...rejected },
  { status: 429, failure: 'provider_rate_limited', advice: 'Too many requests for this key.', retry: true },
];

/** Why a job that was taken failed. */
const task: ErrorRules = [
  { code: moderation, ...contentRejected },
  { code: /invalid/, ...rejected },
];

export const errors: TaskErrors = {
  submission,
  task,
  otherwise: {
    failure: 'provider_failed',
    advice: 'The provider could not generate the video: make the call again.',
  },
  notFound: [{ status: 404 }],
  settings: 'SORA_EXTERNAL_BASE_URL and SORA_EXTERNAL_API_KEY',
};

/** A state of compatible servers; OpenAI's own jobs do not expire before they end. */
export const expired: ErrorRule = {
  failure: 'provider_expired',
  advice: 'The server gave the job up before it was done: make the call again.',
};
