import { createHash, randomBytes } from 'node:crypto';
import { createId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { KeyFingerprints } from '../access/key-fingerprints.ts';
import { endSession, findOpenSession, findOpenSessions, insertSession } from './session.queries.ts';

/** A session that a request showed. */
export interface ActiveSession {
  id: string;
  accountId: string;
  /** When it ends by itself. */
  expiresAt: Date;
  /** Whether it has not been ended meanwhile. */
  isStillOpen: () => Promise<boolean>;
}

/** What browsers get for an API key. The database knows a session by the hash of its value only. */
export interface Sessions {
  /** Makes one, with a value that nobody chose. It ends with the key that it is made with. */
  create(accountId: string, key: string): Promise<{ value: string; expiresAt: Date }>;
  find(value: string): Promise<ActiveSession | undefined>;
  /** Ends the session with this value, wherever it is used. One that has ended, or never was, stays so. */
  end(value: string): Promise<void>;
  /** Those of these ids whose session has ended, or never was. */
  endedAmong(sessionIds: readonly string[]): Promise<string[]>;
}

interface SessionsOptions {
  pool: Pool;
  keyFingerprints: KeyFingerprints;
  /** How long a session lasts. */
  seconds: number;
}

const valueBytes = 32;

export function createSessions({ pool, keyFingerprints, seconds }: SessionsOptions): Sessions {
  const findOpen = async (valueHash: Buffer) => {
    const [row] = await findOpenSession(pool, [valueHash]);
    return row !== undefined && keyFingerprints.isCurrent(row.key_fingerprint) ? row : undefined;
  };
  return {
    async create(accountId, key) {
      const value = randomBytes(valueBytes).toString('base64url');
      const fingerprint = keyFingerprints.of(accountId, key);
      const [row] = await insertSession(pool, [createId('ses'), hashOf(value), accountId, fingerprint, seconds]);
      if (row === undefined) throw new Error('PostgreSQL did not answer an insert.');
      return { value, expiresAt: row.expires_at };
    },
    async find(value) {
      const valueHash = hashOf(value);
      const row = await findOpen(valueHash);
      if (row === undefined) return undefined;
      const isStillOpen = async () => (await findOpen(valueHash)) !== undefined;
      return { id: row.id, accountId: row.account_id, expiresAt: row.expires_at, isStillOpen };
    },
    async end(value) {
      await endSession(pool, [hashOf(value)]);
    },
    async endedAmong(sessionIds) {
      if (sessionIds.length === 0) return [];
      const rows = await findOpenSessions(pool, [[...sessionIds]]);
      const open = rows.filter(({ key_fingerprint }) => keyFingerprints.isCurrent(key_fingerprint));
      const openIds = new Set(open.map(({ id }) => id));
      return sessionIds.filter((id) => !openIds.has(id));
    },
  };
}

function hashOf(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
