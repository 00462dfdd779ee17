import type { Activities } from '../integrations/load-worker-side.ts';
import { createBatchActivities } from './batches/batch-activities.ts';
import { createNotificationActivities } from './notifications/create-notification-activities.ts';
import { createMailer } from './notifications/mailer.ts';
import { createNotificationClient } from './notifications/notification-client.ts';
import type { PlatformContext } from './platform-context.ts';
import { createRetentionActivities } from './retention/retention-activities.ts';

/** The activities of Darkroom's own workflows, by name: a folder beside this file for each subject. */
export function createPlatformActivities(context: PlatformContext): Activities {
  const { internalApi, email, ...rest } = context;
  const main = createNotificationClient(internalApi);
  return {
    ...createBatchActivities(context),
    ...createRetentionActivities(context),
    ...createNotificationActivities({ ...rest, main, mailer: createMailer(email) }),
  };
}
