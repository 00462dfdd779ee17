import { createId } from '@darkroom/contract';
import type { NewSubscription } from './read-subscriptions.ts';

/** New subscriptions as the statements that insert them take them, with their ids. */
export function subscriptionRows(subscriptions: readonly NewSubscription[]): string {
  return JSON.stringify(subscriptions.map((subscription) => ({ id: createId('sub'), ...subscription })));
}
