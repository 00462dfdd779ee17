export { createCallActivities } from './create-call-activities.ts';
export type { CallActivities } from './create-call-activities.ts';
export { createPollActivities } from './create-poll-activities.ts';
export type { PollActivities } from './poll-activities.ts';
export type { CallHandlers, PollHandlers } from './handlers-of.ts';
export type {
  CallHandler,
  FormPart,
  InputImage,
  MediaUrl,
  ProviderOutcome,
  ProviderRequest,
  ProviderResponse,
  ProviderResult,
} from './call-handler.ts';
export type {
  CancelOutcome,
  ListOutcome,
  PollHandler,
  PollOutcome,
  ProviderQuery,
  SubmitOutcome,
} from './poll-handler.ts';
export type { IntegrationContext } from './integration-context.ts';
export type { MainClient, SpoolAddress } from './main-client.ts';
export type { ObjectStore } from './object-store.ts';
export type { Download, GuardedHttp, ProviderHttp, ProviderReply } from './outbound.ts';
export type { Logger } from './logger.ts';
export { createLimiter } from './limiter.ts';
export type { Limiter } from './limiter.ts';
export { createLinks } from './links.ts';
export type { Links } from './links.ts';
export { createPollBudget } from './poll-budget.ts';
export type { ObservedPollBudget, PollBudget } from './poll-budget.ts';
export { createPollSlots } from './poll-slots.ts';
export type { PollSlots } from './poll-slots.ts';
export { createStorageHealth } from './storage-health.ts';
export type { StorageHealth } from './storage-health.ts';
export { openLocalSpool } from './local-spool.ts';
export type { LocalSpool } from './local-spool.ts';
export { createLateAnswers } from './late-answers.ts';
export type { LateAnswers } from './late-answers.ts';
export { sweepLocalSpool } from './sweep-local-spool.ts';
export { sweepMainSpool } from './sweep-main-spool.ts';
export { checkImage } from './check-image.ts';
