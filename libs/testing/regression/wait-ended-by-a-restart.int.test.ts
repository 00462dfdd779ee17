import { expect, test } from '@jest/globals';
import { createCallsClient } from '../src/stack/calls-client.ts';
import { findFreePort } from '../src/index.ts';

// In Jest the TypeError of `fetch` is no instance of the TypeError that a test knows: who waited for a call while `main` was being restarted was
// told of a failure.

test('whoever waits for a call goes on waiting while main is away', async () => {
  const away = createCallsClient(`http://127.0.0.1:${await findFreePort()}`);

  await expect(away.waitFor('call_1', () => true, 0.3)).rejects.toThrow('The call was not as expected within 0.3 s');
});
