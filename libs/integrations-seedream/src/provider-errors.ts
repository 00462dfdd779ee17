import type { ErrorRule, ErrorRules } from '@darkroom/integration-sdk/answers';

export const checkSettings = 'SEEDREAM_EXTERNAL_BASE_URL and SEEDREAM_EXTERNAL_API_KEY';

const content: ErrorRules = [
  {
    code: /SensitiveContentDetected|RiskDetection|^ContentSecurityDetectionError/,
    failure: 'content_rejected',
    advice: 'The provider refused the content: change the prompt or the images.',
  },
];

const quotaExceeded = { failure: 'provider_quota_exceeded' } as const;
const rejected = { failure: 'provider_rejected' } as const;
const authentication = { failure: 'provider_authentication' } as const;
const rateLimited = {
  failure: 'provider_rate_limited',
  advice: 'Too many requests or images a minute for this Ark account or endpoint: make the call again later.',
} as const;
const badKey = 'Ark does not accept the key: check SEEDREAM_EXTERNAL_API_KEY and its account.';
const badModel =
  "Ark does not have this model for this account: check SEEDREAM_EXTERNAL_MODEL, and whether it is activated in Ark's console.";
const noRight = "The key may not do this: check its rights, and that the service is activated in Ark's console.";

/** Ark's table (82379/1299023): answers by which it did not take a request. InternalServiceError (500) may stand for one that it took. */
export const errorRules: ErrorRules = [
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
      "The model's free quota is used up, or the account's queue is full: Ark's console tells which. Activate paid use, or make the call again later.",
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
  { status: 429, ...rateLimited, retry: true },
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

/** Why a success by its status holds no image. */
export const generationRules: ErrorRules = [
  ...content,
  { code: /RateLimitExceeded|^RequestBurstTooFast/, ...rateLimited },
  {
    code: /^(Invalid|Missing)Parameter/,
    ...rejected,
    advice: "Ark could not use this input: change what it names, within the model's limits.",
  },
];

/** What no line stands for, InternalServiceError for one. */
export const couldNotGenerate: ErrorRule = {
  failure: 'provider_failed',
  advice: 'Ark answered without an image, and charges for images only: make the call again.',
};
