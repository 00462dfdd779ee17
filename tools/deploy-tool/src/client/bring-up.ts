import type { Socket } from 'node:net';
import { sendJsonLine } from '../supervisor/json-lines.ts';
import type { ComponentStatus, Request, Said } from '../supervisor/messages.ts';
import { connectOrStartSupervisor, type SupervisorPlace } from './connect-supervisor.ts';
import { sendRequest, SupervisorGoneError } from './send-request.ts';

export interface BringUpOptions {
  /** What is wanted, beside all that it depends on; everything where it is empty. */
  readonly names: readonly string[];
  /** Whether what is started ends with the returned socket. */
  readonly hold: boolean;
  readonly hear: (said: Said) => void;
  /** Told of the socket before anything is answered. */
  readonly onConnected?: (socket: Socket) => void;
}

/** Brings components up through the supervisor. The socket is open only where it holds. */
export async function bringUp(
  place: SupervisorPlace,
  { names, hold, hear, onConnected }: BringUpOptions,
): Promise<{ socket: Socket; components: ComponentStatus[] }> {
  for (;;) {
    const socket = await connectOrStartSupervisor(place);
    onConnected?.(socket);
    try {
      const environment = Object.fromEntries(
        Object.entries(place.environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      );
      const components = await sendRequest(socket, { command: 'up', names: [...names], hold, environment }, hear);
      if (!hold) socket.end();
      return { socket, components };
    } catch (error) {
      await release(socket);
      // It was leaving because nothing ran: the next one takes the request.
      if (!(error instanceof SupervisorGoneError) || error.accepted) throw error;
    }
  }
}

/** Gives back what a connection holds, and waits until that has stopped. */
export async function release(socket: Socket): Promise<void> {
  sendJsonLine(socket, { command: 'release' } satisfies Request);
  await whenClosed(socket);
}

export function whenClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : void socket.once('close', () => resolve())));
}
