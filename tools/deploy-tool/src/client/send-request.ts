import type { Socket } from 'node:net';
import { onJsonLine, sendJsonLine } from '../supervisor/json-lines.ts';
import { answerSchema, type ComponentStatus, type Request, type Said } from '../supervisor/messages.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';

/** The supervisor ended before it had answered. */
export class SupervisorGoneError extends Error {
  readonly accepted: boolean;

  constructor(accepted: boolean) {
    super('The supervisor ended before it answered. Run the command again: it clears what was left behind.');
    this.accepted = accepted;
  }
}

/** Sends one request and hears what is said until it is answered. Where it holds, the socket stays open after that. */
export function sendRequest(socket: Socket, request: Request, hear: (said: Said) => void): Promise<ComponentStatus[]> {
  return new Promise((resolve, reject) => {
    let accepted = false;
    onJsonLine(socket, answerSchema, (answer) => {
      if (answer.kind === 'accepted') accepted = true;
      if (answer.kind === 'said') hear(answer);
      if (answer.kind === 'done') resolve(answer.components);
      if (answer.kind === 'failed') reject(new DeploymentError(answer.message));
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => reject(new SupervisorGoneError(accepted)));
    sendJsonLine(socket, request);
  });
}
