import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';

export function healthzRoute(app: ApiInstance): void {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['health'],
        summary: 'Whether the process is alive',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  );
}
