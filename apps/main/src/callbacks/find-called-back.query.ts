import type { CallStatus } from '@darkroom/contract';
import { preparedQuery } from '../database/prepared-query.ts';

/** id. A callback's token says which call it is about, and no account. */
export const findCalledBack = preparedQuery<[string], { status: CallStatus }>(
  'find-called-back',
  'select status from calls where id = $1',
);
