import type { Pool } from '@darkroom/platform-postgres';
import type { ApiInstance } from '../api-instance.ts';
import { getAccountSubscriptionsRoute } from './get-account-subscriptions.route.ts';
import { getNotificationRoute } from './get-notification.route.ts';
import { getWebhookSecretRoute } from './get-webhook-secret.route.ts';
import { listNotificationsRoute } from './list-notifications.route.ts';
import { type AccountSubscribing, putAccountSubscriptionsRoute } from './put-account-subscriptions.route.ts';
import { renewWebhookSecretRoute } from './renew-webhook-secret.route.ts';
import { resendNotificationRoute } from './resend-notification.route.ts';
import type { WebhookSecretDependencies } from './webhook-secret-state.ts';

export interface NotificationRoutesDependencies extends AccountSubscribing, WebhookSecretDependencies {
  pool: Pool;
  wakeDeliveries: () => void;
}

/** What an account sees and sets of its notifications. */
export function notificationRoutes(app: ApiInstance, dependencies: NotificationRoutesDependencies): void {
  listNotificationsRoute(app, dependencies);
  getNotificationRoute(app, dependencies);
  resendNotificationRoute(app, dependencies);
  getAccountSubscriptionsRoute(app, dependencies);
  putAccountSubscriptionsRoute(app, dependencies);
  getWebhookSecretRoute(app, dependencies);
  renewWebhookSecretRoute(app, dependencies);
}
