import { preparedQuery } from '../database/prepared-query.ts';

/**
 * id. Takes the right to pass a refresh on: once in two seconds, and once in a hundredth of the time since the call was first submitted.
 * Those are a hundred in the first 200 s, and some eight hundred in three days, however often and of whichever process it is asked.
 */
export const claimRefresh = preparedQuery<[string], { refreshed_at: Date }>(
  'claim-refresh',
  `update calls set refreshed_at = clock_timestamp()
   where id = $1 and status = 'processing' and first_claimed_at is not null
     and (
       refreshed_at is null
       or clock_timestamp() - refreshed_at >= greatest(interval '2 seconds', (clock_timestamp() - first_claimed_at) / 100)
     )
   returning refreshed_at`,
);

/** id. For a refresh that could not be passed on, so that the next one is. */
export const giveBackRefresh = preparedQuery<[string], never>(
  'give-back-refresh',
  'update calls set refreshed_at = null where id = $1',
);
