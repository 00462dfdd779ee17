import { z } from 'zod';

/** What every event of an account's log has, whatever it tells of. */
export const eventHead = z.object({
  sequence: z
    .int()
    .positive()
    .describe('Its number in the account: gapless, in commit order. `after=` and `Last-Event-ID` mean this one.'),
  data: z.record(z.string(), z.unknown()),
  createdAt: z.iso.datetime(),
});
