import { z } from 'zod';

/** The closed list of reasons for which a call fails, shared by every integration. */
export const failureCodes = [
  'invalid_input',
  'content_rejected',
  'provider_authentication',
  'provider_quota_exceeded',
  'provider_rate_limited',
  'provider_unavailable',
  'provider_rejected',
  'provider_failed',
  'provider_expired',
  'provider_response_invalid',
  'submission_outcome_unknown',
  'result_unavailable',
  'storage_unavailable',
  'timed_out',
  'terminated',
  'internal',
] as const;
export const failureCodeSchema = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** Whether the same call, made again, has a fair chance without anybody changing anything and without paying twice. */
export const retryableByCode: Record<FailureCode, boolean> = {
  invalid_input: false,
  content_rejected: false,
  provider_authentication: false,
  provider_quota_exceeded: false,
  provider_rate_limited: true,
  provider_unavailable: true,
  provider_rejected: false,
  provider_failed: true,
  provider_expired: true,
  provider_response_invalid: false,
  submission_outcome_unknown: false,
  result_unavailable: false,
  storage_unavailable: true,
  timed_out: true,
  terminated: true,
  internal: true,
};

/** Why a call failed. `provider` holds the provider's own words, with secrets removed and cut to 2 KB. */
export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string().max(2048).describe('What happened and what to do next.'),
  retryable: z.boolean().describe('Whether making the same call again is reasonable.'),
  provider: z
    .object({
      status: z.int().optional().describe('The HTTP status that the provider answered with.'),
      code: z.string().max(200).optional(),
      message: z.string().max(2048).optional(),
    })
    .optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Builds a failure whose `retryable` follows the code, unless the provider's error table or what was paid says otherwise. */
export function failure(
  code: FailureCode,
  message: string,
  more: Partial<Pick<Failure, 'retryable' | 'provider'>> = {},
): Failure {
  return { code, message, retryable: retryableByCode[code], ...more };
}
