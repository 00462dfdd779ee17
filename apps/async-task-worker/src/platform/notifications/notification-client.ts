import {
  type DeliveryDecision,
  deliveryDecisionSchema,
  type DeliveryReport,
  type PreparedNotification,
  preparedNotificationSchema,
} from '@darkroom/contract';
import type { InternalApi } from '../../main-api/internal-api.ts';

/** What the internal API of `main` says of notifications. Undefined where `main` knows none with this id. */
export interface NotificationClient {
  prepare(notificationId: string, round: number): Promise<PreparedNotification | undefined>;
  report(notificationId: string, report: DeliveryReport): Promise<DeliveryDecision | undefined>;
}

export function createNotificationClient({ ask }: Pick<InternalApi, 'ask'>): NotificationClient {
  const path = (id: string, what: string) => `notifications/${encodeURIComponent(id)}/${what}`;
  return {
    prepare: (id, round) => ask(path(id, 'attempts'), preparedNotificationSchema, { body: { round } }),
    report: (id, report) => ask(path(id, 'results'), deliveryDecisionSchema, { body: report }),
  };
}
