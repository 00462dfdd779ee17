import type { Migrations } from '@darkroom/platform-postgres';
import * as calls from './0001-calls.ts';
import * as submissionsSeen from './0002-submissions-seen.ts';
import * as cancelRetry from './0003-cancel-retry.ts';
import * as uploads from './0004-uploads.ts';
import * as refreshes from './0005-refreshes.ts';
import * as laterStarts from './0006-later-starts.ts';
import * as accountEvents from './0007-account-events.ts';
import * as requests from './0008-requests.ts';
import * as batches from './0009-batches.ts';
import * as retention from './0010-retention.ts';
import * as notifications from './0011-notifications.ts';

/** Every migration by its name, in the order in which they run. */
export const migrations: Migrations = {
  '0001-calls': calls,
  '0002-submissions-seen': submissionsSeen,
  '0003-cancel-retry': cancelRetry,
  '0004-uploads': uploads,
  '0005-refreshes': refreshes,
  '0006-later-starts': laterStarts,
  '0007-account-events': accountEvents,
  '0008-requests': requests,
  '0009-batches': batches,
  '0010-retention': retention,
  '0011-notifications': notifications,
};
