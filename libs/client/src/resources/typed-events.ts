import type { Page } from '../api.ts';
import type { AccountEvent } from '../stream/events.ts';

/** A page of a log. What an event's `data` holds follows from its type, which OpenAPI does not say. */
export async function typedEvents<Event extends AccountEvent>(
  page: Promise<Page<{ sequence: number }>>,
): Promise<Page<Event>> {
  return (await page) as Page<Event>;
}
