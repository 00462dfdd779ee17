import { describe, expect, test } from '@jest/globals';
import { createStorageHealth } from './storage-health.ts';

function storage() {
  const state = { probes: 0, fault: undefined as string | undefined, now: new Date(0) };
  const objectStore = {
    putIfAbsent: () => Promise.resolve('stored' as const),
    async probe() {
      state.probes += 1;
      if (state.fault !== undefined) throw new Error(state.fault);
    },
  };
  return { state, health: createStorageHealth({ objectStore, now: () => state.now }) };
}

describe('whether storage takes writes', () => {
  test('is asked once for many, and again after ten seconds', async () => {
    const { state, health } = storage();
    expect(await Promise.all([health.findFault(), health.findFault()])).toEqual([undefined, undefined]);
    state.now = new Date(9_999);
    await health.findFault();
    expect(state.probes).toBe(1);
    state.now = new Date(10_000);
    await health.findFault();
    expect(state.probes).toBe(2);
  });

  test('is known from a write that it took', async () => {
    const { state, health } = storage();
    health.tookWrite();
    expect(await health.findFault()).toBeUndefined();
    expect(state.probes).toBe(0);
  });

  test('is asked again at once when a write failed', async () => {
    const { state, health } = storage();
    health.tookWrite();
    health.failed();
    state.fault = 'connection refused';
    expect(await health.findFault()).toBe('connection refused');
    state.fault = undefined;
    expect(await health.findFault()).toBeUndefined();
  });
});
