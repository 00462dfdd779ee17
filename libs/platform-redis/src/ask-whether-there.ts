import { type Redis, ReplyError } from 'ioredis';

/** Resolves where the server answers, with a refusal too: who may only publish may not ask. Rejects where the connection is lost or was never there. */
export async function askWhetherThere(redis: Redis): Promise<void> {
  // What a lost connection was asked is never settled.
  const lost = Promise.withResolvers<never>();
  const lose = () => lost.reject(new Error('The connection to Redis was lost.'));
  redis.once('close', lose);
  try {
    await Promise.race([redis.ping(), lost.promise]);
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
  } finally {
    redis.off('close', lose);
  }
}
