import type { ErrorRules, TaskErrors } from '@darkroom/integration-sdk/answers';

const couldNotGenerate = {
  failure: 'provider_failed',
  advice: 'The provider could not generate the image: make the call again.',
} as const;

/** Why a task that was taken failed, by its `failCode`: 400 stands for bad parameters as well as for a policy. Others are of kie.ai's own making. */
const task: ErrorRules = [
  {
    code: /^(400|422)$/,
    message: /polic|sensitive|prohibit|moderat|nsfw|safety|flagged/i,
    failure: 'content_rejected',
    advice: 'The provider refused the content: change the prompt or the images.',
  },
  {
    code: /^(400|422)$/,
    failure: 'provider_rejected',
    advice: 'The provider does not take this input: change what it names.',
  },
];

/**
 * kie.ai's codes by which it says that it did not take a task. 408 (no result for ten minutes) and 500 come from behind it: a task may
 * have been created, and charged. 501 says that one was, and failed.
 */
const submission: ErrorRules = [
  ...task,
  {
    code: /^401$/,
    failure: 'provider_authentication',
    advice: 'The provider does not accept the key: check NANO_BANANA_API_KEY.',
  },
  {
    code: /^402$/,
    failure: 'provider_quota_exceeded',
    advice: "The provider's account has no credits left: add some.",
  },
  {
    code: /^404$/,
    failure: 'provider_rejected',
    advice: 'The provider does not have this model or path: check NANO_BANANA_API_URL.',
  },
  { code: /^429$/, failure: 'provider_rate_limited', advice: 'Too many requests for this account.', retry: true },
  {
    code: /^433$/,
    failure: 'provider_quota_exceeded',
    advice: "The limit of credits of the key is reached: raise it in the provider's settings.",
  },
  {
    code: /^455$/,
    failure: 'provider_unavailable',
    advice: 'The provider is under maintenance: make the call again later.',
    retry: true,
  },
  {
    code: /^505$/,
    failure: 'provider_rejected',
    advice: 'The provider has switched this feature off: use another model.',
  },
  { code: /^501$/, ...couldNotGenerate, taken: true },
];

export const errors: TaskErrors = {
  submission,
  task,
  otherwise: couldNotGenerate,
  // Right after its creation a task is unknown ("recordInfo is null").
  notFound: [{ code: /^404$/ }, { message: /recordinfo is null/i }],
  settings: 'NANO_BANANA_API_URL and NANO_BANANA_API_KEY',
};
