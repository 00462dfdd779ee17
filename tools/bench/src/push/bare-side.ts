import { findFreePort } from '@darkroom/testing';
import { Pool } from 'undici';
import { expectStatus, postJson } from '../rig/json-requests.ts';
import { startReadyService } from '../rig/start-ready-service.ts';
import type { DarkroomSide } from './darkroom-side.ts';
import type { PushSide } from './push-side.ts';

/** A bare server that sends what it is told to, with the same bytes as Darkroom sends. */
export function createBareSide(messageParts: DarkroomSide['messageParts']): PushSide {
  let pool: Pool | undefined;
  return {
    async startServer() {
      const port = await findFreePort();
      const service = await startReadyService({
        name: 'bare-server',
        entry: 'tools/bench/src/push/bare-server.ts',
        env: { PORT: String(port) },
        port,
      });
      await pool?.destroy();
      pool = new Pool(service.url, { connections: 16 });
      return { service, streamUrl: service.url.replace(/^http/, 'ws'), processes: { 'bare server': service.pid } };
    },
    subscribeMessage: (call) => JSON.stringify({ type: 'subscribe', subject: String(call) }),
    async record(call) {
      if (pool === undefined) throw new Error('The bare server was not started.');
      const body = { subject: String(call), ...messageParts };
      expectStatus(await postJson(pool, '/events', { headers: {}, body }), 200);
    },
  };
}
