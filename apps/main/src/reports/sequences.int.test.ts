import type { ReportedEvent } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';

const main = setUpInternalSide();

const submitted: ReportedEvent = { type: 'call.submitted', data: { attempt: 1, externalId: 'task-9' } };

describe('sequences', () => {
  test('[P4] are gapless in commit order under 16 writers, and a follower with a cursor misses none', async () => {
    const writers = Array.from({ length: 16 }, async () => {
      for (let round = 0; round < 6; round += 1) {
        const callId = await main.accept({ accountId: 'other' });
        await main.claim(callId);
        await main.report(callId, [submitted, completed(testArtifact(callId))]);
      }
    });
    const expected = 16 * 6 * 5;
    const seen: number[] = [];
    const follow = async () => {
      while (seen.length < expected) {
        const rows = await main.database
          .selectFrom('events')
          .select('sequence')
          .where('account_id', '=', 'other')
          .where('sequence', '>', seen.at(-1) ?? 0)
          .orderBy('sequence')
          .execute();
        seen.push(...rows.map(({ sequence }) => sequence));
      }
    };
    await Promise.all([...writers, follow()]);
    expect(seen).toEqual(Array.from({ length: expected }, (_, index) => index + 1));
  });
});
