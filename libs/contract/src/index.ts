export { createId, idFromUuid, idSchema, identifierPrefixes, isId } from './identifiers.ts';
export type { IdentifierPrefix } from './identifiers.ts';
export { callStatuses, callStatusSchema, isTerminal, waitingForSchema } from './call-status.ts';
export type { CallStatus, WaitingFor } from './call-status.ts';
export { failure, failureCodes, failureCodeSchema, failureSchema, retryableByCode } from './failure.ts';
export type { Failure, FailureCode } from './failure.ts';
export {
  artifactFactsSchema,
  artifactPlaceSchema,
  artifactRoleSchema,
  artifactSchema,
  outputArtifactSchema,
  storedArtifactSchema,
} from './artifact.schema.ts';
export type {
  Artifact,
  ArtifactFacts,
  ArtifactPlace,
  ArtifactRole,
  OutputArtifact,
  StoredArtifact,
} from './artifact.schema.ts';
export {
  billingSchema,
  callEventDataSchemas,
  callEventSchema,
  callEventTypes,
  callProgressSchema,
  reportedEventSchema,
} from './call-events.ts';
export type { Billing, CallEvent, CallEventData, CallEventType, CallProgress, ReportedEvent } from './call-events.ts';
export {
  batchEventDataSchemas,
  batchEventSchema,
  batchEventTypes,
  batchStatuses,
  batchStatusSchema,
  callCountsSchema,
} from './batch-events.ts';
export type { BatchEvent, BatchEventData, BatchEventType, BatchStatus, CallCounts } from './batch-events.ts';
export {
  batchItemSchema,
  batchSchema,
  batchSettingsSchema,
  batchStrategySchema,
  cancelBatchAnswerSchema,
  maxBatchBytes,
  maxBatchCalls,
  onFailureSchema,
  submitBatchSchema,
} from './batch.schema.ts';
export type { Batch, BatchSettings, BatchStrategy, CancelBatchAnswer, OnFailure } from './batch.schema.ts';
export {
  advanceBatchSchema,
  batchAdvanceSchema,
  batchWorkflowInputSchema,
  batchWorkflowType,
} from './batch-workflow.schema.ts';
export type { AdvanceBatch, BatchAdvance, BatchWorkflowInput } from './batch-workflow.schema.ts';
export {
  notificationEventDataSchemas,
  notificationEventSchema,
  notificationEventTypes,
} from './notification-events.ts';
export type { NotificationEvent, NotificationEventData, NotificationEventType } from './notification-events.ts';
export { accountEventSchema } from './account-event.schema.ts';
export type { AccountEvent } from './account-event.schema.ts';
export { callSchema, cancelAnswerSchema, submissionCountsSchema, submitCallSchema } from './call.schema.ts';
export type { Call, CancelAnswer, SubmissionCounts, SubmitCall } from './call.schema.ts';
export { problemSchema } from './problem.schema.ts';
export type { Problem } from './problem.schema.ts';
export { pageSchema } from './page.schema.ts';
export { claimDecisionSchema, submissionClaimSchema, submissionOutcomeSchema } from './submission-claim.schema.ts';
export type { ClaimDecision, SubmissionClaim, SubmissionOutcome } from './submission-claim.schema.ts';
export { callReportAnswerSchema, callReportSchema, maxReportBytes } from './call-report.schema.ts';
export type { CallReport, CallReportAnswer } from './call-report.schema.ts';
export { operationLimitsSchema } from './operation-limits.schema.ts';
export type { OperationLimits } from './operation-limits.schema.ts';
export { callWorkflowInputSchema } from './call-workflow.schema.ts';
export type { CallWorkflowInput } from './call-workflow.schema.ts';
export { integrationOperationSchema, integrationSchema, mediaFieldSchema } from './integration.schema.ts';
export type { Integration, IntegrationOperation, OperationMediaField } from './integration.schema.ts';
export {
  asyncTaskIdSchema,
  asyncTaskSchema,
  submitAsyncTaskSchema,
  submittableTaskSchema,
} from './async-task.schema.ts';
export type { AsyncTask, SubmitAsyncTask, SubmittableTask } from './async-task.schema.ts';
export { knownCallSchema } from './known-call.schema.ts';
export type { KnownCall } from './known-call.schema.ts';
export { spooledAnswersSchema } from './spooled-answers.schema.ts';
export type { SpooledAnswers } from './spooled-answers.schema.ts';
export { callbackSignalSchema, callSignals } from './call-signals.ts';
export type { CallbackSignal, CallSignal } from './call-signals.ts';
export { claimedExternalIdsSchema, externalIdsQuerySchema } from './claimed-external-ids.schema.ts';
export type { ClaimedExternalIds, ExternalIdsQuery } from './claimed-external-ids.schema.ts';
export { mediaReferenceSchema, uploadKey, uploadSchema } from './upload.schema.ts';
export type { MediaReference, Upload } from './upload.schema.ts';
export { imageRequestSchema, mediaRequestSchema, videoRequestSchema } from './media-request.schema.ts';
export type { ImageRequest, MediaRequest, MediaRequestType, VideoRequest } from './media-request.schema.ts';
export { requestFulfilmentSchema, requestOfCallSchema } from './request-fulfilment.schema.ts';
export type { RequestFulfilment, RequestOfCall } from './request-fulfilment.schema.ts';
export {
  accountSubscriptionsSchema,
  batchEndTypes,
  batchSubscriptionFields,
  callEndTypes,
  callSubscriptionFields,
  notificationChannels,
  notificationChannelSchema,
  notifiedEventTypes,
  subscriptionsSchema,
} from './subscription.schema.ts';
export type { NotificationChannel, NotifiedEventType, Subscriptions } from './subscription.schema.ts';
export {
  deliveryAttemptSchema,
  notificationDetailsSchema,
  notificationSchema,
  notificationStatuses,
  notificationStatusSchema,
} from './notification.schema.ts';
export type { DeliveryAttempt, Notification, NotificationDetails, NotificationStatus } from './notification.schema.ts';
export {
  deliveryDecisionSchema,
  deliveryReportSchema,
  notificationRoundSchema,
  notificationWorkflowInputSchema,
  notificationWorkflowType,
  preparedNotificationSchema,
} from './notification-delivery.schema.ts';
export type {
  DeliveryDecision,
  DeliveryReport,
  DeliveryResult,
  NotificationWorkflowInput,
  PreparedNotification,
} from './notification-delivery.schema.ts';
export {
  newWebhookSecretSchema,
  renewWebhookSecretSchema,
  webhookKeysSchema,
  webhookSecretStateSchema,
} from './webhook-secret.schema.ts';
export type { NewWebhookSecret, WebhookKeys, WebhookSecretState } from './webhook-secret.schema.ts';
export {
  removedSchema,
  retentionAnswerSchema,
  retentionKinds,
  retentionKindSchema,
  retentionRequestSchema,
  retentionResultSchema,
  retentionWorkflowInputSchema,
} from './retention.schema.ts';
export type {
  Removed,
  RetentionAnswer,
  RetentionKind,
  RetentionRequest,
  RetentionResult,
  RetentionWorkflowInput,
} from './retention.schema.ts';
export {
  accountSubject,
  createStreamTokenSchema,
  streamSubjectSchema,
  streamTokenClaimsSchema,
  streamTokenFacts,
  streamTokenSchema,
} from './stream-token.schema.ts';
export type { CreateStreamToken, StreamSubject, StreamToken, StreamTokenClaims } from './stream-token.schema.ts';
export { maxStreamMessageBytes, streamClosingNames, streamClosings, streamErrorCodes } from './stream-codes.ts';
export type { StreamClosingName, StreamErrorCode } from './stream-codes.ts';
export { streamClientMessageSchema, streamEndSchema, streamServerMessageSchema } from './stream-messages.schema.ts';
export type { StreamClientMessage, StreamEnd, StreamServerMessage } from './stream-messages.schema.ts';
export { newSessionSchema, sessionStateSchema } from './session.schema.ts';
export type { NewSession, SessionState } from './session.schema.ts';
export {
  accountNewsSchema,
  headsSchema,
  logPageSchema,
  maxHeadsAtOnce,
  newsChannel,
  newsHeartbeatSeconds,
  readHeadsSchema,
  readLogQuerySchema,
} from './account-news.schema.ts';
export type { AccountNews, Heads, LogPage, ReadHeads } from './account-news.schema.ts';
