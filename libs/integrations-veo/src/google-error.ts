import { googleErrorSchema } from './provider-api.schema.ts';

/**
 * An error as Google words it. The code also holds the reason and the quota of the details, which tell apart what the status alone does
 * not. RetryInfo's wait stands in for a missing header.
 */
export const errorAnswerSchema = googleErrorSchema.transform(({ error }) => {
  const { status, message = '', details = [] } = error;
  const quotas = details.flatMap(({ violations = [] }) => violations.map(({ quotaId }) => quotaId));
  const code = [status, ...details.map(({ reason }) => reason), ...quotas].filter(Boolean).join(' ');
  const delay = details.find(({ retryDelay }) => retryDelay)?.retryDelay ?? /retry in ([\d.]+s)/i.exec(message)?.[1];
  const seconds = Number(/^([\d.]+)s$/.exec(delay ?? '')?.[1]);
  return { code, message, ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }) };
});
