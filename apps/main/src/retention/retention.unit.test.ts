import { expect, test } from '@jest/globals';
import { retentionKinds } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { Registry } from 'prom-client';
import { createRetentionMetrics } from '../metrics/retention-metrics.ts';
import { createRetention, type RemovePage } from './retention.ts';

const now = new Date('2026-01-31T00:00:00Z');

test.each(retentionKinds)(
  '%s are not even looked for where nothing is configured, and go when they are',
  async (kind) => {
    const asked: string[] = [];
    const remover =
      (name: string): RemovePage =>
      (olderThan) => {
        asked.push(`${name} before ${olderThan.toISOString()}`);
        return Promise.resolve({ count: 1, bytes: 2, cursor: null });
      };
    const removers = { events: remover('events'), artifacts: remover('artifacts'), histories: remover('histories') };
    const logger = createLogger({ service: 'main', level: 'silent', json: true });
    const rest = { removers, metrics: createRetentionMetrics(new Registry()), logger, now: () => now };

    expect(await createRetention({ ...rest, days: {} }).remove(kind, null)).toEqual({
      count: 0,
      bytes: 0,
      cursor: null,
    });
    expect(asked).toEqual([]);
    expect(await createRetention({ ...rest, days: { [kind]: 30 } }).remove(kind, null)).toMatchObject({
      count: 1,
      bytes: 2,
    });
    expect(asked).toEqual([`${kind} before 2026-01-01T00:00:00.000Z`]);
  },
);
