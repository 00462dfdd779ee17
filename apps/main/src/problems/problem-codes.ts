interface ProblemKind {
  status: number;
  title: string;
  /** Whether the same request, made again later, has a fair chance. */
  retryable: boolean;
}

/** Every problem that the API answers, by its code. */
export const problemKinds = {
  malformed_request: { status: 400, title: 'The request cannot be read', retryable: false },
  unauthenticated: { status: 401, title: 'The request does not say who makes it', retryable: false },
  foreign_origin: { status: 403, title: 'The request comes from a page of another site', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  unknown_task: { status: 404, title: 'There is no such task', retryable: false },
  idempotency_key_in_progress: {
    status: 409,
    title: 'A request with this Idempotency-Key is still being accepted',
    retryable: true,
  },
  request_id_in_progress: {
    status: 409,
    title: 'A request with this `requestId` is still being accepted',
    retryable: true,
  },
  batch_in_progress: { status: 409, title: 'A batch with this batchId is still being accepted', retryable: true },
  call_not_ended: { status: 409, title: 'The call has not ended', retryable: true },
  spool_conflict: { status: 409, title: 'The spool holds another answer for this attempt', retryable: false },
  artifact_removed: { status: 410, title: 'The artifact was removed', retryable: false },
  events_removed: { status: 410, title: 'Events that were asked for were removed', retryable: false },
  too_large: { status: 413, title: 'The request is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'The content type is not supported', retryable: false },
  range_not_satisfiable: { status: 416, title: 'The file has no such part', retryable: false },
  invalid_request: { status: 422, title: 'The request is not valid', retryable: false },
  unknown_integration: { status: 422, title: 'There is no such integration', retryable: false },
  unknown_operation: { status: 422, title: 'The integration has no such operation', retryable: false },
  integration_disabled: { status: 422, title: 'The integration is disabled', retryable: false },
  no_provider: { status: 422, title: 'Nothing says who is to make it', retryable: false },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request', retryable: false },
  batch_id_reused: { status: 422, title: 'The batchId was used for another batch', retryable: false },
  task_id_reused: { status: 422, title: 'The taskId was used for another task', retryable: false },
  report_refused: { status: 422, title: 'The call does not allow what is reported', retryable: false },
  internal: { status: 500, title: 'Something went wrong in Darkroom', retryable: true },
  engine_unavailable: { status: 503, title: 'The workflow engine is away', retryable: true },
  storage_unavailable: { status: 503, title: 'Object storage is away', retryable: true },
  database_unavailable: { status: 503, title: 'The database is away', retryable: true },
  spool_full: { status: 507, title: 'The spool is full', retryable: true },
  overloaded: { status: 503, title: 'Darkroom has too much to do', retryable: true },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;
