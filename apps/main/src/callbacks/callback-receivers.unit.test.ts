import { expect, test } from '@jest/globals';
import { callingBack } from '../../test/calling-back.definition.ts';
import { createCallbackReceivers } from './callback-receivers.ts';

const settingsOf = (options: Partial<Parameters<typeof createCallbackReceivers>[0]>) =>
  createCallbackReceivers({ enabled: [callingBack], environment: {}, simulated: false, ...options });
const withSimulatorKey = { ...callingBack, simulatorSettings: () => ({ key: 'of-the-simulator' }) };

test('only enabled integrations receive callbacks', () => {
  expect([...settingsOf({}).byIntegration.keys()]).toEqual(['calling-back']);
  expect([...settingsOf({ enabled: [] }).byIntegration.keys()]).toEqual([]);
});

test('what verifies callbacks comes from the environment, is optional, and is kept out of the log', () => {
  const set = settingsOf({ environment: { CALLING_BACK_KEY: 'a-key' } });

  expect([set.byIntegration.get('calling-back')?.settings, set.secrets]).toEqual([{ key: 'a-key' }, ['a-key']]);
  expect(settingsOf({}).byIntegration.get('calling-back')?.settings).toEqual({ key: undefined });
});

test('where the simulator calls back, its key is the one, whatever is set', () => {
  const keyOf = (environment: Record<string, string>) =>
    settingsOf({ enabled: [withSimulatorKey], environment, simulated: true }).byIntegration.get('calling-back')
      ?.settings;

  expect(keyOf({})).toEqual({ key: 'of-the-simulator' });
  expect(keyOf({ CALLING_BACK_KEY: 'chosen' })).toEqual({ key: 'of-the-simulator' });
});
