import { once } from 'node:events';
import { keeper } from './start-keeper.mjs';

/** Jest's globalTeardown: the keeper ends when nobody writes to it any more, and with it all that it has started. */
export default async function stopKeeper() {
  const running = keeper.process;
  if (running.exitCode === null && running.signalCode === null) {
    running.stdin.end();
    await once(running, 'exit');
  }
  if (running.exitCode !== 0) {
    throw new Error(`The keeper of middleware for tests ended with ${running.exitCode ?? running.signalCode}.`);
  }
}
