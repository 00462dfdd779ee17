import { Counter, type Registry } from 'prom-client';
import type { DeliveryResult, NotificationChannel } from '@darkroom/contract';

/** Counts what becomes of attempts to deliver notifications. */
export interface NotificationMetrics {
  observe(channel: NotificationChannel, outcome: DeliveryResult['kind']): void;
}

export function createNotificationMetrics(registry: Registry): NotificationMetrics {
  const attempts = new Counter({
    name: 'darkroom_notification_attempts_total',
    help: 'Attempts to deliver a notification, by channel and by what became of them.',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  });
  return { observe: (channel, outcome) => attempts.inc({ channel, outcome }) };
}
