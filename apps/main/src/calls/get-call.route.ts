import { callSchema, isId, isTerminal } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';
import { callEtag } from './call-etag.ts';
import { type CallReader, presentCalls } from './call-reader.ts';
import {
  createChangeCheck,
  ifNoneMatchSchema,
  matchesEtag,
  notModifiedSchema,
  waitQuerySchema,
} from './conditional-read.ts';
import { type CallVersion, findCall, findCallVersion } from './find-call.queries.ts';
import { waitForCall } from './wait-for-call.ts';

export interface GetCallDependencies extends CallReader {
  requestSignals: RequestSignals;
  /** Hears of every read of a call, so that one whose news were lost is looked at. Must not wait for anything. */
  noteRead: (call: CallVersion) => void;
}

export function getCallRoute(app: ApiInstance, dependencies: GetCallDependencies): void {
  const { pool, noteRead } = dependencies;
  app.get(
    '/calls/:id',
    {
      schema: {
        tags: ['calls'],
        summary: 'Read a call',
        params: z.object({ id: z.string() }),
        querystring: waitQuerySchema('call'),
        headers: ifNoneMatchSchema('call'),
        response: {
          200: callSchema,
          304: notModifiedSchema('call'),
          ...problemResponses(401, 404, 422),
        },
      },
    },
    async ({ params: { id: callId }, query, headers, accountId }, reply) => {
      if (!isId('call', callId)) throw notFound();
      const ifNoneMatch = headers['if-none-match'];

      if (ifNoneMatch !== undefined || query.wait !== undefined) {
        const version =
          query.wait === undefined
            ? await findVersion(dependencies, accountId, callId)
            : await lookForChange(dependencies, {
                accountId,
                callId,
                ifNoneMatch,
                seconds: query.wait,
                signal: dependencies.requestSignals(reply),
              });
        const etag = callEtag(version);
        if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag)) {
          noteRead(version);
          return reply.code(304).header('etag', etag).send(undefined);
        }
      }

      const [row] = await findCall(pool, [callId, accountId]);
      if (row === undefined) throw notFound();
      noteRead(row);
      const [call] = await presentCalls(dependencies, [row]);
      return reply.header('etag', callEtag(row)).header('cache-control', 'private, no-cache').send(call);
    },
  );
}

async function findVersion({ pool }: GetCallDependencies, accountId: string, callId: string): Promise<CallVersion> {
  const [version] = await findCallVersion(pool, [callId, accountId]);
  if (version === undefined) throw notFound();
  return version;
}

interface LookOptions {
  accountId: string;
  callId: string;
  ifNoneMatch: string | undefined;
  seconds: number;
  signal: AbortSignal;
}

async function lookForChange({ pool, callNews }: GetCallDependencies, look: LookOptions): Promise<CallVersion> {
  const { accountId, callId, ifNoneMatch, seconds, signal } = look;
  const isChanged = createChangeCheck(ifNoneMatch);
  const isAwaited = (version: CallVersion) => isChanged(callEtag(version)) || isTerminal(version.status);
  const version = await waitForCall({ pool, callNews, accountId, callId, seconds, signal, isAwaited });
  if (version === undefined) throw notFound();
  return version;
}
