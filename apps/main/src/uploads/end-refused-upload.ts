import type { ApiInstance } from '../api-instance.ts';

const patienceMs = 10_000;

/**
 * Ends the connection of a client that goes on sending after its answer. Most read the answer only when they have sent what they had, so
 * they are listened to for a while; a body may be without an end.
 */
export function endRefusedUploads(app: ApiInstance): void {
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.complete && !raw.destroyed) {
      const tooLong = setTimeout(() => raw.destroy(), patienceMs);
      raw.once('close', () => clearTimeout(tooLong));
    }
    done();
  });
}
