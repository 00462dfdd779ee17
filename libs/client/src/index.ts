export { createDarkroom } from './create-darkroom.ts';
export type { Darkroom, DarkroomOptions } from './create-darkroom.ts';
export { DarkroomError } from './darkroom-error.ts';
export type { ClientErrorCode, DarkroomErrorCode } from './darkroom-error.ts';
export { artifactsOf } from './artifacts-of.ts';
export type {
  Artifact,
  Batch,
  Call,
  CallsQuery,
  CancelAnswer,
  CancelBatchAnswer,
  Integration,
  NewBatch,
  NewCall,
  NewRequest,
  NewSession,
  Page,
  SessionState,
  StreamToken,
  Upload,
} from './api.ts';
export type { CompletedCall, EndedCall } from './resources/ended-call.ts';
export type { EndedBatch } from './resources/batches.ts';
export type { CreateOptions, RequestOptions } from './resources/request-options.ts';
export type { UploadOptions } from './resources/uploads.ts';
export type { WaitOptions } from './resources/await-end.ts';
export type { AccountEvent, BatchEvent, CallEvent, NotificationEvent, Subject } from './stream/events.ts';
export type { Channel, ChannelInUse } from './stream/channel-choice.ts';
export type { SubscribeOptions, Subscription } from './stream/subscription.ts';
