import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';

/** The answers that read from object storage while they are sent. */
export interface OpenFiles {
  /** Counts the answer for its account until it is over; a ProblemError where the account has as many as it may. */
  count(answer: { request: Pick<FastifyRequest, 'accountId'>; reply: Pick<FastifyReply, 'raw'> }): void;
}

/** Each takes a connection to object storage, of 256, for as long as its reader takes: a quarter of them for one account. */
const mostPerAccount = 64;
const retryAfterSeconds = 5;

export function createOpenFiles(): OpenFiles {
  const byAccount = new Map<string, number>();
  return {
    count({ request: { accountId }, reply: { raw } }) {
      const open = byAccount.get(accountId) ?? 0;
      if (open >= mostPerAccount) throw new ProblemError('overloaded', tooMany, { retryAfterSeconds });
      // Whoever has left already is not told of leaving again.
      if (raw.destroyed) return;
      byAccount.set(accountId, open + 1);
      raw.once('close', () => {
        const left = (byAccount.get(accountId) ?? 1) - 1;
        if (left === 0) byAccount.delete(accountId);
        else byAccount.set(accountId, left);
      });
    },
  };
}

const tooMany = `This account fetches ${mostPerAccount} files at once, as many as it may. Finish some first; artifacts can be had from object storage itself by /download.`;
