import type { ComponentStatus, Request, Said } from '../supervisor/messages.ts';
import { connectSupervisor } from './connect-supervisor.ts';
import { sendRequest, SupervisorGoneError } from './send-request.ts';

/**
 * Sends one request to the supervisor of a checkout and answers what it answers, or nothing where none runs: also where the one that runs is just
 * leaving, which still takes connections and no requests.
 */
export async function askSupervisor(
  dataDirectory: string,
  request: Request,
  hear: (said: Said) => void,
): Promise<ComponentStatus[] | undefined> {
  const socket = await connectSupervisor(dataDirectory);
  if (socket === undefined) return undefined;
  try {
    return await sendRequest(socket, request, hear);
  } catch (error) {
    if (error instanceof SupervisorGoneError && !error.accepted) return undefined;
    throw error;
  } finally {
    socket.end();
  }
}
