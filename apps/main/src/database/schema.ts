import type {
  AccountEvent,
  ArtifactRole,
  BatchStatus,
  BatchStrategy,
  CallbackSignal,
  CallCounts,
  CallEventData,
  CallProgress,
  CallStatus,
  Failure,
  OnFailure,
  OperationLimits,
  RequestFulfilment,
  SubmissionOutcome,
  WaitingFor,
} from '@darkroom/contract';
import type { ColumnType, Generated, Selectable } from 'kysely';
import type { NotificationTables } from './notification-tables.ts';

type Json<Value> = ColumnType<Value, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

export interface AccountsTable {
  id: string;
  last_sequence: Generated<number>;
  /** Its events up to this sequence were removed; those after it are all there. */
  events_removed_through: Generated<number>;
  created_at: Generated<Date>;
}

export interface CallsTable {
  id: string;
  account_id: string;
  integration: string;
  operation: string;
  input: Json<Record<string, unknown>>;
  metadata: Json<Record<string, string>>;
  limits: Json<OperationLimits>;
  simulated: boolean;
  status: Generated<CallStatus>;
  output: Json<Record<string, unknown>> | null;
  error: Json<Failure> | null;
  progress: Json<CallProgress>;
  waiting_for: WaitingFor | null;
  external_id: string | null;
  call_sequence: Generated<number>;
  submissions_claimed: Generated<number>;
  submissions_accepted: Generated<number>;
  submissions_refused: Generated<number>;
  submissions_unknown: Generated<number>;
  lease_until: Time | null;
  start_attempted_at: Time | null;
  started_run_id: string | null;
  first_claimed_at: Time | null;
  reconciled_at: Time | null;
  /** When a cancel is requested by itself. */
  cancel_after: Time | null;
  cancel_requested_at: Time | null;
  /** What came of it, by the last event that told. */
  cancel_result: Json<CallEventData<'call.cancel_result'>> | null;
  /** When the engine took the signal that tells the workflow of the cancel. */
  cancel_signalled_at: Time | null;
  /** When a refresh was last passed on to the workflow. */
  refreshed_at: Time | null;
  retry_of: string | null;
  /** The artifacts that its input names. */
  source_artifact_ids: string[] | null;
  /** What became of the request that the call was made of. */
  request: Json<RequestFulfilment> | null;
  request_id: string | null;
  user_id: string | null;
  /** Its batch, and its place in it from 0. */
  batch_id: string | null;
  batch_position: number | null;
  /** From when on the call waits to be started: its acceptance, the later time that it asked for, or never while its batch keeps it back. */
  queued_at: Generated<Date>;
  has_late_artifacts: Generated<boolean>;
  created_at: Generated<Date>;
  started_at: Time | null;
  completed_at: Time | null;
}
export type CallRow = Selectable<CallsTable>;

export interface BatchesTable {
  id: string;
  account_id: string;
  /** The caller's own id, unique in the account. */
  batch_key: string | null;
  body_sha256: Buffer;
  strategy: BatchStrategy;
  max_concurrent: number;
  on_failure: OnFailure;
  metadata: Json<Record<string, string>>;
  status: Generated<BatchStatus>;
  /** How many calls it has. */
  total: number;
  /** How far it has come: the place after the last call that was released to the dispatcher. */
  released: Generated<number>;
  /** Its calls by status, once it has ended; before, they are counted. */
  counts: Json<CallCounts> | null;
  /** Why nothing more is released. */
  stopped_by: 'user' | 'on_failure' | null;
  begins_at: Generated<Date>;
  /** From when on its workflow is started, unless it runs; its advances put that off. */
  start_due_at: Generated<Date>;
  cancel_requested_at: Time | null;
  created_at: Generated<Date>;
  started_at: Time | null;
  completed_at: Time | null;
}
export type BatchRow = Selectable<BatchesTable>;

export interface IdempotencyKeysTable {
  account_id: string;
  key: string;
  body_sha256: Buffer;
  call_id: string;
  created_at: Generated<Date>;
}

export interface EventsTable {
  account_id: string;
  sequence: number;
  /** The one of these three that it tells of. */
  call_id: string | null;
  batch_id: string | null;
  notification_id: string | null;
  call_sequence: number | null;
  type: AccountEvent['type'];
  status: CallStatus | BatchStatus | null;
  external_id: string | null;
  data: Json<Record<string, unknown>>;
  created_at: Generated<Date>;
}
export type EventRow = Selectable<EventsTable>;

export interface SubmissionsTable {
  call_id: string;
  attempt: number;
  run_id: string;
  activity_id: string;
  claim_token: string;
  credential_id: string;
  claimed_at: Generated<Date>;
  /** When the execution that claimed it last said that it is alive. */
  seen_at: ColumnType<Date, Date | undefined, Date>;
  outcome: Generated<SubmissionOutcome>;
  external_id: string | null;
}

export interface ReportsTable {
  call_id: string;
  report_id: string;
  answer: Json<unknown>;
}

export interface SpoolTable {
  call_id: string;
  attempt: number;
  bytes: number;
  sha256: string;
  created_at: Generated<Date>;
}

export interface SpoolChunksTable {
  call_id: string;
  attempt: number;
  position: number;
  data: Buffer;
}

export interface ArtifactsTable {
  id: string;
  account_id: string;
  call_id: string;
  attempt: number;
  position: number;
  object_key: string;
  content_type: string;
  width: number | null;
  height: number | null;
  duration_seconds: number | null;
  frame_rate: number | null;
  role: ArtifactRole | null;
  bytes: number;
  sha256: string;
  late: Generated<boolean>;
  /** When retention removed it: from then on nobody is given it, or may name it. Its facts stay. */
  removed_at: Time | null;
  /** It was removed, and its object is yet to be deleted. */
  deletion_pending: Generated<boolean>;
  created_at: Generated<Date>;
}
export type ArtifactRow = Selectable<ArtifactsTable>;

export interface UploadsTable {
  id: string;
  account_id: string;
  content_type: string;
  width: number;
  height: number;
  duration_seconds: number | null;
  bytes: number;
  sha256: string;
  source_artifact_ids: string[] | null;
  created_at: Generated<Date>;
}
export type UploadRow = Selectable<UploadsTable>;

export interface SessionsTable {
  id: string;
  /** The SHA-256 of what the browser keeps. */
  value_sha256: Buffer;
  account_id: string;
  /** Of the API key that it was made with: it ends where that is configured no more. */
  key_fingerprint: Buffer;
  created_at: Generated<Date>;
  expires_at: Time;
  ended_at: Time | null;
}
export type SessionRow = Selectable<SessionsTable>;

/** Callbacks that came while the engine was away. */
export interface KeptCallbacksTable {
  id: Generated<number>;
  call_id: string;
  signal: Json<CallbackSignal>;
  kept_at: Generated<Date>;
}

/** The tables of `main`. bigint columns are read as numbers: a sequence stays far below 2^53. */
export interface Database extends NotificationTables {
  accounts: AccountsTable;
  calls: CallsTable;
  batches: BatchesTable;
  idempotency_keys: IdempotencyKeysTable;
  events: EventsTable;
  submissions: SubmissionsTable;
  reports: ReportsTable;
  spool: SpoolTable;
  spool_chunks: SpoolChunksTable;
  artifacts: ArtifactsTable;
  uploads: UploadsTable;
  sessions: SessionsTable;
  kept_callbacks: KeptCallbacksTable;
}
