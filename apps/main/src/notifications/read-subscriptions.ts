import type { NotificationChannel, NotifiedEventType, Subscriptions } from '@darkroom/contract';
import { checkOutboundUrl } from '@darkroom/platform-http';
import { findUnstorable } from '../calls/unstorable-text.ts';
import type { ProblemFault } from '../problems/problem-error.ts';
import { isShownTarget } from './show-target.ts';

/** A subscription that may be made. `eventTypes` is null where an account's own leaves them open. */
export interface NewSubscription {
  channel: NotificationChannel;
  target: string;
  eventTypes: readonly NotifiedEventType[] | null;
}

export interface SubscriptionSurroundings {
  /** Private origins that addresses may point at. */
  allowOrigins: readonly string[];
  /** Whether the operator has set up a mail server. */
  sendsEmail: boolean;
}

/** Reads the subscriptions of a body, and what is wrong with them. `otherwise` is told of where `events` is left out. */
export function readSubscriptions(
  asked: Subscriptions,
  surroundings: SubscriptionSurroundings,
  otherwise: readonly NotifiedEventType[] | null,
): { read: NewSubscription[]; faults: ProblemFault[] } {
  const subscriptions: NewSubscription[] = [];
  const faults: ProblemFault[] = [];
  const add = (channel: NotificationChannel, target: string, events: readonly NotifiedEventType[] | undefined) =>
    subscriptions.push({ channel, target, eventTypes: events === undefined ? otherwise : [...new Set(events)] });

  for (const channel of ['webhook', 'slack'] as const) {
    const given = asked[channel];
    if (given === undefined) continue;
    const message = checkOutboundUrl(given.url, surroundings.allowOrigins);
    if (message !== undefined) faults.push({ path: `/${channel}/url`, message });
    else if (isShownTarget(given.url))
      faults.push({
        path: `/${channel}/url`,
        message: 'is only the beginning of an address, as it is shown: send all of it',
      });
    faults.push(...findUnstorable(given.url, [channel, 'url']));
    add(channel, given.url, given.events);
  }
  if (asked.email !== undefined) {
    const { to, events } = typeof asked.email === 'string' ? { to: asked.email, events: undefined } : asked.email;
    if (!surroundings.sendsEmail)
      faults.push({ path: '/email', message: 'cannot be sent: this Darkroom has no mail server (SMTP_URL)' });
    add('email', to, events);
  }
  return { read: subscriptions, faults };
}
