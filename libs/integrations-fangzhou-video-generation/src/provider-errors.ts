import type { ErrorRule, ErrorRules, TaskErrors } from '@darkroom/integration-sdk/answers';

const content: ErrorRules = [
  {
    // Reported as a matter of chance: the same request may pass, and what is blocked is not billed.
    code: /^Output(Video|Audio)SensitiveContentDetected$/,
    failure: 'content_rejected',
    advice: 'The provider blocked the finished video: make the call again, or change the prompt or the images.',
    retryable: true,
  },
  {
    code: /SensitiveContentDetected|RiskDetection|^ContentSecurityDetectionError/,
    failure: 'content_rejected',
    advice: 'The provider refused the content: change the prompt or the images.',
  },
];

const quotaExceeded = { failure: 'provider_quota_exceeded' } as const;
const rejected = { failure: 'provider_rejected' } as const;
const authentication = { failure: 'provider_authentication' } as const;
const badKey = 'Ark does not accept the key: check FANGZHOU_VIDEO_GENERATION_EXTERNAL_API_KEY and its account.';
const badModel =
  "Ark does not have this model for this account: check FANGZHOU_VIDEO_GENERATION_EXTERNAL_MODEL, and whether it is activated in Ark's console.";
const noRight = "The key may not do this: check its rights, and that the service is activated in Ark's console.";

/** Ark's table (82379/1299023): answers by which it did not take a task. InternalServiceError (500) may stand for one that was. */
const submission: ErrorRules = [
  ...content,
  {
    code: /^(AccountOverdueError|OperationDenied\.ServiceOverdue)/,
    ...quotaExceeded,
    advice: 'The Ark account is overdue: pay it, then make the call again.',
  },
  {
    code: /^QuotaExceeded/,
    ...quotaExceeded,
    advice:
      "The model's free quota is used up, or the account's queue of tasks is full: Ark's console tells which. Activate paid use, or make the call again later.",
  },
  {
    code: /^(SetLimitExceeded|AccountQuotaExceeded)/,
    ...quotaExceeded,
    advice: "A limit that was set for the account is reached: raise it in Ark's console, or wait until it resets.",
  },
  { code: /^(InvalidEndpoint|ModelNotOpen|UnsupportedModel)/, ...rejected, advice: badModel },
  {
    status: 429,
    code: /^(ServerOverloaded|ModelLoadingError|InflightBatchsizeExceeded)/,
    failure: 'provider_unavailable',
    advice: 'Ark is overloaded: make the call again later.',
    retry: true,
  },
  {
    status: 429,
    failure: 'provider_rate_limited',
    advice: 'Too many requests for this Ark account or endpoint.',
    retry: true,
  },
  {
    status: 400,
    ...rejected,
    advice: "Ark does not take this input: change what it names, within the model's limits.",
  },
  { status: 401, ...authentication, advice: badKey },
  { status: 403, ...authentication, advice: noRight },
  { status: 404, ...rejected, advice: badModel },
  { status: 413, ...rejected, advice: 'The request is larger than the 64 MB that Ark takes: send smaller images.' },
];

/** Why a task that was taken failed. */
const task: ErrorRules = [
  ...content,
  {
    code: /^(Invalid|Missing)Parameter/,
    ...rejected,
    advice: "Ark could not use this input: change what it names, within the model's limits.",
  },
];

export const errors: TaskErrors = {
  submission,
  task,
  // What no line stands for, InternalServiceError for one. Only successes are billed.
  otherwise: {
    failure: 'provider_failed',
    advice: 'Ark could not make the video, and did not charge for it: make the call again.',
  },
  withoutResult: {
    failure: 'result_unavailable',
    advice:
      "The task succeeded, and Ark names no file of it: it keeps them for 24 hours. Look for it in Ark's console before you pay again.",
  },
  notFound: [{ status: 404 }],
  settings:
    'FANGZHOU_VIDEO_GENERATION_EXTERNAL_BASE_URL (the whole address of the tasks) and FANGZHOU_VIDEO_GENERATION_EXTERNAL_API_KEY',
};

/** The one failure that has a state of its own. */
export const expired: ErrorRule = {
  failure: 'provider_expired',
  advice: 'The task did not finish within executionExpiresAfter: make the call again, or give it longer.',
};
