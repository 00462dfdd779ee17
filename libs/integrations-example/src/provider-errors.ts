import type { ErrorRule, ErrorRules, TaskErrors } from '@darkroom/integration-sdk/answers';

const blocked: ErrorRule = {
  code: /^content_blocked$/,
  failure: 'content_rejected',
  advice: 'The provider blocked the content: change the prompt.',
};

/** The codes by which the provider says that it did not take a submission. Its others do not tell. */
const submission: ErrorRules = [
  blocked,
  {
    code: /^unauthorized$/,
    failure: 'provider_authentication',
    advice: 'The provider does not know the key: check EXAMPLE_EXTERNAL_API_KEY.',
  },
  {
    code: /^invalid_request$/,
    failure: 'provider_rejected',
    advice: 'The provider does not take this input: change what it names.',
  },
  {
    code: /^quota_exceeded$/,
    failure: 'provider_quota_exceeded',
    advice: 'The account has no credit left: add some.',
  },
  {
    code: /^daily_limit_reached$/,
    failure: 'provider_quota_exceeded',
    advice: 'The limit for the day is reached: wait for tomorrow.',
  },
  {
    code: /^rate_limited$/,
    failure: 'provider_rate_limited',
    advice: 'Too many requests for this key.',
    retry: true,
  },
  {
    code: /^unavailable$/,
    failure: 'provider_unavailable',
    advice: 'The provider takes no requests now: make the call again later.',
    retry: true,
  },
];

/** What no line stands for. */
export const couldNotGenerate: ErrorRule = {
  failure: 'provider_failed',
  advice: 'The provider could not make the image: make the call again.',
};

export const errors: TaskErrors = {
  submission,
  task: [blocked],
  otherwise: couldNotGenerate,
  withoutResult: couldNotGenerate,
  notFound: [{ code: /^not_found$/ }],
  settings: 'EXAMPLE_EXTERNAL_BASE_URL and EXAMPLE_EXTERNAL_API_KEY',
};
