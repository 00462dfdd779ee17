import { describe, expect, test } from '@jest/globals';
import { createReceiverSlots, type ReceiverSlot } from './receiver-slots.ts';

const at = (accountId: string, receiver = 'dead.example') => ({ accountId, receiver });
const limits = { perReceiver: 2, perAccount: 3, waiting: 4, inAll: 100, reserved: 0, few: 2, patienceMs: 10_000 };

describe('places at receivers', () => {
  test('an account whose receiver never answers keeps no other account and none of its own receivers waiting', async () => {
    const slots = createReceiverSlots(limits);
    await slots.take(at('busy'));
    await slots.take(at('busy'));
    const stuck = slots.take(at('busy'));
    expect(await slots.take(at('other'))).toBeDefined();
    const healthy = await slots.take(at('busy', 'healthy.example'));
    expect(healthy).toBeDefined();
    expect(await Promise.race([stuck, Promise.resolve('waits')])).toBe('waits');
  });

  test('whoever waits gets its turn in order, past those whose receiver is still busy', async () => {
    const slots = createReceiverSlots(limits);
    const held = [await slots.take(at('a')), await slots.take(at('a')), await slots.take(at('a', 'healthy.example'))];
    const order: string[] = [];
    const noted = (name: string) => (slot: ReceiverSlot | undefined) => {
      order.push(name);
      return slot;
    };
    const dead = slots.take(at('a')).then(noted('dead'));
    const first = slots.take(at('a', 'healthy.example')).then(noted('first'));
    const second = slots.take(at('a', 'healthy.example')).then(noted('second'));

    held[2]?.release();
    (await first)?.release();
    await second;
    expect(order).toEqual(['first', 'second']);
    held[0]?.release();
    await dead;
    expect(order).toEqual(['first', 'second', 'dead']);
  });

  test('one too many is sent away at once, and one whose patience ends too', async () => {
    const slots = createReceiverSlots({ ...limits, patienceMs: 20 });
    await slots.take(at('a'));
    await slots.take(at('a'));
    let settled = 0;
    const waiting = Array.from({ length: limits.waiting }, () => slots.take(at('a')).finally(() => (settled += 1)));
    expect(await slots.take(at('a'))).toBeUndefined();
    expect(settled).toBe(0);
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => undefined));
  });

  test('all accounts together leave places for the other activities of the Worker', async () => {
    const slots = createReceiverSlots({ ...limits, inAll: 2 });
    const first = await slots.take(at('a'));
    await slots.take(at('b'));
    expect(await slots.take(at('c'))).toBeUndefined();
    first?.release();
    expect(await slots.take(at('c'))).toBeDefined();
  });

  test('accounts with dead receivers fill the process, and one that has few is served all the same', async () => {
    const slots = createReceiverSlots({ ...limits, inAll: 6, reserved: 2 });
    for (const accountId of ['dead-1', 'dead-2', 'dead-3']) {
      await slots.take(at(accountId));
      void slots.take(at(accountId));
    }
    expect(await slots.take(at('dead-1', 'other.example'))).toBeUndefined();
    expect(await slots.take(at('healthy', 'healthy.example'))).toBeDefined();
    expect(await slots.take(at('healthy', 'healthy.example'))).toBeDefined();
    expect(await slots.take(at('third', 'healthy.example'))).toBeUndefined();
  });
});
