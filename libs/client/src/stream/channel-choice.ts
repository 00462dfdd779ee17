/** A way in which events come. */
export type Channel = 'websocket' | 'sse' | 'polling';

/**
 * `connecting`: none of them brings anything at the moment, and one that was not tried yet is being opened. `away`: none of them can be had, as where nobody
 * answers; all of them are tried on.
 */
export type ChannelInUse = Channel | 'connecting' | 'away';

/** `trying`: may be open in a moment. `down`: could not be opened last time, and is tried again. `off`: not to be used. */
export type ChannelHealth = 'trying' | 'open' | 'down' | 'off';

/** How the two ways of push are. Polling is what is left. */
export interface PushHealth {
  readonly websocket: ChannelHealth;
  readonly sse: ChannelHealth;
}

/** What became of a poll. */
export type PollHappening = 'answered' | 'unanswered';

/** How polling is: what became of the last poll, `answered` before the first. `off`: not to be used. */
export type PollingHealth = PollHappening | 'off';

/** What became of a way of push. `lost`: it was open for a while, so that it is worth to wait for its next attempt. */
export type PushHappening = 'opened' | 'lost' | 'failed';

/** What is to run, and what of it brings the events. */
export interface ChannelChoice {
  readonly inUse: ChannelInUse;
  readonly running: Readonly<Record<Channel, boolean>>;
}

/** Before anything was tried. */
export function startPush(channels: readonly Channel[]): PushHealth {
  return {
    websocket: channels.includes('websocket') ? 'trying' : 'off',
    sse: channels.includes('sse') ? 'trying' : 'off',
  };
}

/** How push is after something happened. */
export function afterHappening(health: PushHealth, channel: keyof PushHealth, happening: PushHappening): PushHealth {
  const changed = { ...health, [channel]: healthAfter[happening] };
  // Server-sent events end where the WebSocket is open, and are worth a new attempt when it is lost.
  return changed.websocket === 'open' && changed.sse !== 'off' ? { ...changed, sse: 'trying' } : changed;
}

const healthAfter: Record<PushHappening, ChannelHealth> = { opened: 'open', lost: 'trying', failed: 'down' };

/**
 * The best of what works: WebSocket, then server-sent events, then polling. What is better goes on being tried meanwhile, so that it is
 * used again as soon as it is back.
 */
export function chooseChannels({ websocket, sse }: PushHealth, polling: PollingHealth): ChannelChoice {
  const needsSse = websocket === 'down' || websocket === 'off';
  const needsPolling = needsSse && (sse === 'down' || sse === 'off');
  const running = {
    websocket: websocket !== 'off',
    sse: needsSse && sse !== 'off',
    polling: needsPolling && polling !== 'off',
  };
  if (websocket === 'open') return { inUse: 'websocket', running };
  if (needsSse && sse === 'open') return { inUse: 'sse', running };
  if (!needsPolling) return { inUse: 'connecting', running };
  return { inUse: polling === 'answered' ? 'polling' : 'away', running };
}
