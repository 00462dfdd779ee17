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
import * as replacedSubscriptions from './0012-replaced-subscriptions.ts';
import * as waitingInBatches from './0013-waiting-in-batches.ts';
import * as sessions from './0014-sessions.ts';
import * as sourceArtifacts from './0015-source-artifacts.ts';
import * as sourcesOfUploads from './0016-sources-of-uploads.ts';
import * as cancelResults from './0017-cancel-results.ts';
import * as keptCallbacks from './0018-kept-callbacks.ts';
import * as removalOfArtifacts from './0019-removal-of-artifacts.ts';

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
  '0012-replaced-subscriptions': replacedSubscriptions,
  '0013-waiting-in-batches': waitingInBatches,
  '0014-sessions': sessions,
  '0015-source-artifacts': sourceArtifacts,
  '0016-sources-of-uploads': sourcesOfUploads,
  '0017-cancel-results': cancelResults,
  '0018-kept-callbacks': keptCallbacks,
  '0019-removal-of-artifacts': removalOfArtifacts,
};
