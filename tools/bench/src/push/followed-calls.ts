import { pushSettings } from './push-settings.ts';

/** The numbers of the calls that a connection follows alone. */
export function callsOfConnection(connection: number, connections: number): number[] {
  const count = Math.ceil((callCount(connections) - connection) / connections);
  return Array.from({ length: count }, (_, turn) => connection + turn * connections);
}

/** The number of the call that every connection follows, behind those that are followed by one. */
export function sharedCallOf(connections: number): number {
  return callCount(connections);
}

/** Of which of the calls events are recorded, spread over all. */
export function activeCallsOf(connections: number): number[] {
  const count = Math.min(callCount(connections), pushSettings.activeCalls);
  const step = Math.floor(callCount(connections) / count);
  return Array.from({ length: count }, (_, turn) => turn * step);
}

function callCount(connections: number): number {
  return Math.max(connections, pushSettings.leastCalls);
}
