import {
  type AccountEvent,
  type ChannelInUse,
  createDarkroom,
  type Darkroom,
  type DarkroomOptions,
} from '../src/index.ts';
import { patient } from './patient.ts';
import { setUpTestApi } from './set-up-test-api.ts';
import { callIds } from './test-events.ts';

/** Starts an API for each test of a file, whose calls are followed. */
export function setUpFollowing() {
  const api = setUpTestApi();
  return {
    api,
    client: (options: Partial<DarkroomOptions> = {}): Darkroom =>
      createDarkroom({ ...patient, baseUrl: api.url, polling: { intervalSeconds: 0.02 }, ...options }),
    collect,
  };
}

/** Follows a call by callbacks, and keeps what came. */
function collect(darkroom: Darkroom, after?: number) {
  const events: AccountEvent[] = [];
  const channels: ChannelInUse[] = [];
  const subscription = darkroom.subscribe({
    call: callIds[0],
    ...(after !== undefined && { after }),
    onEvent: (event) => events.push(event),
    onChannel: (channel) => channels.push(channel),
  });
  return { events, channels, subscription };
}
