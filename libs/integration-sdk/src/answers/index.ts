export { readJson } from './read-json.ts';
export { toFailure, toTaskFailure } from './error-rules.ts';
export type { ErrorRule, ErrorRules, ProviderWords } from './error-rules.ts';
export { fromErrorAnswer } from './from-error-answer.ts';
export { createTaskHandler } from './create-task-handler.ts';
export type { TaskApi, TaskErrors, TaskState } from './task-api.ts';
export { toDataUri } from './to-data-uri.ts';
export { retryAfterSeconds } from './retry-after-seconds.ts';
