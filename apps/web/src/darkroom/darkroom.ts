import { createDarkroom } from '@darkroom/client';
import { keptForAccount } from '../session/kept-for.ts';
import { ownFetch } from '../session/own-fetch.ts';
import { serverClock } from './server-clock.ts';

/**
 * The one client of the page. It speaks to the origin that the page came from, and the browser sends the session by itself. A page that stays open
 * polls as long as push is away.
 */
export const darkroom = createDarkroom({
  baseUrl: location.origin,
  fetch: ownFetch(
    serverClock.watch((request) => fetch(request)),
    {
      isOwn: () => keptForAccount.isOwnStill(readAccount),
      isOfAnother: () => keptForAccount.isOfAnother(),
    },
  ),
  polling: { times: Infinity },
});

async function readAccount(): Promise<string | undefined> {
  return (await darkroom.session.current())?.accountId;
}
