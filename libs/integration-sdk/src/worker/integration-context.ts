import type { Limiter } from './limiter.ts';
import type { LocalSpool } from './local-spool.ts';
import type { Logger } from './logger.ts';
import type { LateAnswers } from './late-answers.ts';
import type { MainClient } from './main-client.ts';
import type { Links } from './links.ts';
import type { ObjectStore } from './object-store.ts';
import type { PollBudget } from './poll-budget.ts';
import type { PollSlots } from './poll-slots.ts';
import type { GuardedHttp, ProviderHttp } from './outbound.ts';
import type { StorageHealth } from './storage-health.ts';

/** Everything that an integration's worker side needs from outside; the worker builds it and hands it to `createActivities`. */
export interface IntegrationContext<Settings = Record<string, unknown>> {
  settings: Settings;
  /**
   * The settings of the set of credentials that made a submission: today's, or the previous one where the operator keeps it. Undefined
   * where it is configured no more.
   */
  settingsOf(credentialId: string): Settings | undefined;
  /** The values of the secret settings: they are removed from everything that leaves the worker. */
  secrets: readonly string[];
  /** Names the set of credentials that pays, for the record of submissions; never the credential itself. */
  credentialId: string;
  main: MainClient;
  objectStore: ObjectStore;
  /** What every object key starts with, without a slash at either end. */
  objectKeyPrefix: string;
  storageHealth: StorageHealth;
  providerHttp: ProviderHttp;
  guardedHttp: GuardedHttp;
  localSpool: LocalSpool;
  lateAnswers: LateAnswers;
  /** Caps the looks at the provider of one set of credentials in this process. */
  pollBudgetOf(credentialId: string): PollBudget;
  /** Caps how many of the worker's slots are held by looks at tasks. */
  pollSlots: PollSlots;
  links: Links;
  /** Decoding images and the like: as many at once as there are cores. */
  heavyWork: Limiter;
  /** Files of up to 256 MB in memory: a few at once, each from its download until it is stored. */
  largeFiles: Limiter;
  /** Over how long a provider's list is asked before it proves that there is no task. Default 60. */
  absenceWindowSeconds?: number;
  /** For how long a provider may not know a task that it took, or not have a result where it says that it is. Default 600. */
  lapseSeconds?: number;
  logger: Logger;
  now: () => Date;
  /** Aborted when the worker begins to stop: what only waits is handed back at once, what was paid is finished. */
  stopping: AbortSignal;
}
