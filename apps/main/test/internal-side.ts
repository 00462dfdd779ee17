import { randomUUID } from 'node:crypto';
import type {
  CallEventData,
  CallReport,
  CallReportAnswer,
  CancelAnswer,
  ClaimDecision,
  OperationLimits,
  ReportedEvent,
  StoredArtifact,
  SubmissionClaim,
} from '@darkroom/contract';
import { idFromUuid } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { createDatabase, createPool, migrate, type Pool } from '@darkroom/platform-postgres';
import { sql, type Kysely } from 'kysely';
import { createKeyFingerprints } from '../src/access/key-fingerprints.ts';
import { saveAccounts } from '../src/access/save-accounts.ts';
import { acceptCall } from '../src/calls/accept-call.ts';
import { cancelCall, type Cancelling } from '../src/cancel/cancel-call.ts';
import type { CallChanging } from '../src/calls/change-call.ts';
import { migrations } from '../src/database/migrations/index.ts';
import type { CallRow, Database, EventRow } from '../src/database/schema.ts';
import { createEventBus, type EventBus } from '../src/events/event-bus.ts';
import { createMetrics, type MainMetrics } from '../src/metrics/create-metrics.ts';
import { applyReport } from '../src/reports/apply-report.ts';
import { createSessions, type Sessions } from '../src/sessions/sessions.ts';
import { claimSubmission } from '../src/submissions/claim-submission.ts';
import { createTestCatalog } from './test-catalog.ts';

export const testLimits: OperationLimits = {
  deadlineSeconds: 600,
  maxSubmissions: 3,
  maxQueueSeconds: 86_400,
  whenOutcomeUnknown: 'fail',
};

/** The one that sessions are made with. */
export const testKey = { accountId: 'default', key: 'key-of-default' };

/** The inside of `main` on a real database, with shorthands for what a worker asks of it. */
export interface InternalSide {
  pool: Pool;
  database: Kysely<Database>;
  metrics: MainMetrics;
  eventBus: EventBus;
  changing: CallChanging;
  catalog: Cancelling['catalog'];
  /** Of the account `default`, by the key `testKey`. */
  sessions: Sessions;
  accept(options?: { accountId?: string; limits?: Partial<OperationLimits>; integration?: string }): Promise<string>;
  claim(callId: string, claim?: Partial<SubmissionClaim>): Promise<ClaimDecision | undefined>;
  report(callId: string, events: ReportedEvent[], report?: Partial<CallReport>): Promise<CallReportAnswer | undefined>;
  cancel(
    callId: string,
    by?: CallEventData<'call.cancel_requested'>['by'],
  ): Promise<CancelAnswer['result'] | undefined>;
  callOf(callId: string): Promise<CallRow>;
  eventsOf(callId: string): Promise<EventRow[]>;
  eventTypes(callId: string): Promise<string[]>;
  /** Changes the call's row behind everybody's back, as when time has passed. */
  arrange(callId: string, assignments: string): Promise<void>;
  close(): Promise<void>;
}

export async function openInternalSide(connectionString: string): Promise<InternalSide> {
  const pool = createPool({ connectionString, max: 30, applicationName: 'test', onConnectionLost: () => undefined });
  const database = createDatabase<Database>(pool);
  await migrate(database, migrations);
  await saveAccounts(database, ['default', 'other']);
  const logger = createLogger({ service: 'main', level: 'silent', json: true });
  const eventBus = createEventBus();
  const metrics = createMetrics({ database, logger });
  const changing: CallChanging = { database, eventBus, logger, metrics: metrics.calls };
  const catalog = createTestCatalog(testLimits);
  const keyFingerprints = createKeyFingerprints([testKey], 'a-secret-for-tokens-of-tests');
  const sessions = createSessions({ pool, keyFingerprints, seconds: 3600 });
  let reports = 0;
  const eventsOf = (callId: string) =>
    database.selectFrom('events').selectAll().where('call_id', '=', callId).orderBy('call_sequence').execute();

  return {
    pool,
    database,
    metrics,
    eventBus,
    changing,
    catalog,
    sessions,
    async accept({ accountId = 'default', limits = {}, integration = 'testing' } = {}) {
      const submission = {
        integration,
        operation: 'draw',
        input: { prompt: 'a tree' },
        metadata: {},
        limits: { ...testLimits, ...limits },
      };
      const accepting = { pool, eventBus, simulated: true, wakeDispatcher: () => undefined };
      return (await acceptCall(accepting, { accountId, submission, body: submission, idempotencyKey: undefined })).id;
    },
    claim: (callId, claim = {}) =>
      claimSubmission({ ...changing, spoolTotalBytes: 10_000 }, callId, { ...testClaim(callId), ...claim }),
    report: (callId, events, report = {}) =>
      applyReport(changing, callId, {
        reportId: `run:${(reports += 1)}`,
        runId: 'run',
        workflowId: callId,
        events,
        ...report,
      }),
    cancel: (callId, by = 'user') => cancelCall({ ...changing, catalog }, { callId, by }),
    callOf: (callId) => database.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirstOrThrow(),
    eventsOf,
    eventTypes: async (callId) => (await eventsOf(callId)).map(({ type }) => type),
    arrange: async (callId, assignments) =>
      void (await sql`update calls set ${sql.raw(assignments)} where id = ${callId}`.execute(database)),
    close: () => database.destroy(),
  };
}

export function testClaim(callId: string): SubmissionClaim {
  return {
    attempt: 1,
    runId: 'run',
    workflowId: callId,
    activityId: '1',
    claimToken: randomUUID(),
    credentialId: 'testing',
  };
}

export function testArtifact(callId: string, { attempt = 1, position = 0 } = {}): StoredArtifact {
  return {
    artifactId: idFromUuid('art', randomUUID()),
    contentType: 'image/png',
    width: 64,
    height: 64,
    bytes: 1234,
    sha256: 'a'.repeat(64),
    objectKey: `default/${callId}/${attempt}-${position}.png`,
    attempt,
    position,
  };
}

export function completed(artifact: StoredArtifact): ReportedEvent {
  const { objectKey, attempt, position, ...facts } = artifact;
  return { type: 'call.completed', data: { output: { images: [facts] }, artifacts: [artifact] } };
}
