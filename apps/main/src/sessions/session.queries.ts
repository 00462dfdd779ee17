import { preparedQuery } from '../database/prepared-query.ts';
import type { SessionRow } from '../database/schema.ts';

/** id, hash of the value, account, fingerprint of the key, seconds. Those whose time is over go with it. */
export const insertSession = preparedQuery<[string, Buffer, string, Buffer, number], Pick<SessionRow, 'expires_at'>>(
  'insert-session',
  `with over as (
     delete from sessions where expires_at < now()
   )
   insert into sessions (id, value_sha256, account_id, key_fingerprint, expires_at)
   values ($1, $2, $3, $4, now() + make_interval(secs => $5))
   returning expires_at`,
);

const isOpen = 'ended_at is null and expires_at > now()';

/** hash of the value: the session, unless it has ended. */
export const findOpenSession = preparedQuery<
  [Buffer],
  Pick<SessionRow, 'id' | 'account_id' | 'key_fingerprint' | 'expires_at'>
>(
  'find-open-session',
  `select id, account_id, key_fingerprint, expires_at from sessions where value_sha256 = $1 and ${isOpen}`,
);

/** ids: those of them that have not ended. */
export const findOpenSessions = preparedQuery<[string[]], Pick<SessionRow, 'id' | 'key_fingerprint'>>(
  'find-open-sessions',
  `select id, key_fingerprint from sessions where id = any($1) and ${isOpen}`,
);

/** hash of the value. */
export const endSession = preparedQuery<[Buffer], object>(
  'end-session',
  'update sessions set ended_at = now() where value_sha256 = $1 and ended_at is null',
);
