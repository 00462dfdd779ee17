export { readJson } from './read-json.ts';
export { retryAfterSeconds } from './retry-after-seconds.ts';
export { findErrorRule, toFailure, toTaskFailure } from './error-rules.ts';
export type { ErrorRule, ErrorRules, ProviderWords } from './error-rules.ts';
export { fromErrorAnswer } from './from-error-answer.ts';
export type { ErrorOutcome } from './from-error-answer.ts';
export { toUnavailable } from './to-unavailable.ts';
export type { UnavailableOutcome } from './to-unavailable.ts';
export { toDataUri } from './to-data-uri.ts';
