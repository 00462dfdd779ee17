import { z } from 'zod';

const retryAfterSeconds = z.number().positive().optional();

const simple = <const Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind) });

const unclear = <const Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    accepted: z
      .boolean()
      .default(true)
      .describe('Whether the request counts as accepted: the answer itself does not tell a client.'),
  });

/** Faults that end the connection before the request's body has been read. They are matched by API key alone. */
const beforeBodyFaults = [simple('reset_before_body'), simple('reset_during_body')] as const;

/** Answers in the provider's own envelope, given before acceptance: never counted. */
const refusalFaults = [
  simple('unauthorized'),
  simple('bad_request'),
  z.strictObject({
    kind: z.literal('rate_limited'),
    retryAfterSeconds,
    perDay: z.boolean().default(false),
    inBody: z.boolean().optional().describe('Status 200 with the code in the body, where the provider does that.'),
  }),
  simple('quota_exceeded'),
  simple('unavailable_envelope'),
  simple('leaks_key'),
  simple('error_in_200'),
] as const;

/** Answers from which nobody can tell whether the provider accepted: counted unless the plan says otherwise. */
const unclearFaults = [
  unclear('internal_error'),
  unclear('internal_error_with_key'),
  unclear('unavailable_html'),
  unclear('empty_408'),
  unclear('empty_499'),
  unclear('empty_502'),
  unclear('empty_503'),
  unclear('empty_504'),
] as const;

/** Accepted and counted; then the connection does not carry the whole answer in time. */
const connectionFaults = [
  simple('reset_after_accept'),
  simple('reset_after_headers'),
  simple('reset_mid_answer'),
  simple('hang'),
  z.strictObject({ kind: z.literal('slow'), latencyMs: z.int().nonnegative() }),
] as const;

/** Accepted and counted; the answer arrives and is of no use. */
const answerFaults = [
  simple('malformed_json'),
  simple('empty_success'),
  simple('text_instead'),
  z.strictObject({ kind: z.literal('content_block'), where: z.enum(['prompt', 'output']).default('prompt') }),
  simple('truncated_image'),
  simple('not_an_image'),
  simple('huge_image'),
  simple('url_to_private_address'),
  simple('url_redirects_to_private'),
  z.strictObject({ kind: z.literal('url_expired'), status: z.union([z.literal(403), z.literal(404)]).default(403) }),
  simple('partial_failure'),
] as const;

/** The submission is answered as always; the task ends badly, or its result is of no use. */
const taskFaults = [
  simple('task_failed'),
  simple('task_expired'),
  simple('task_cancelled'),
  simple('never_ends'),
  simple('empty_result'),
  simple('result_not_media'),
  simple('result_truncated'),
  simple('result_wrong_type'),
  z.strictObject({
    kind: z.literal('result_too_large'),
    megabytes: z.int().min(1).max(100_000).default(2048),
    declared: z.boolean().default(true).describe('Whether Content-Length tells the size beforehand.'),
  }),
  z.strictObject({ kind: z.literal('result_slow'), latencyMs: z.int().nonnegative() }),
] as const;

/** Answers to requests about a task: queries, lists, cancels, downloads. */
const requestFaults = [
  simple('reset'),
  simple('not_found'),
  simple('unknown_status'),
  simple('cancel_conflict'),
  simple('list_empty'),
] as const;

const callbackFaults = [
  simple('callback_missing'),
  z.strictObject({ kind: z.literal('callback_duplicate'), times: z.int().min(1).max(100).default(1) }),
  z.strictObject({ kind: z.literal('callback_late'), afterMs: z.int().nonnegative() }),
  simple('callback_early'),
  z.strictObject({
    kind: z.literal('callback_forged'),
    how: z.enum(['wrong_signature', 'unsigned', 'stale_timestamp']).default('wrong_signature'),
  }),
  simple('callback_out_of_order'),
  simple('callback_not_json'),
  simple('callback_wrong_token'),
] as const;

export const faultObjectSchema = z.discriminatedUnion('kind', [
  ...beforeBodyFaults,
  ...refusalFaults,
  ...unclearFaults,
  ...connectionFaults,
  ...answerFaults,
  ...taskFaults,
  ...requestFaults,
  ...callbackFaults,
]);

/** One way for a provider to misbehave: `{ "kind": "rate_limited", "retryAfterSeconds": 2 }`, or the name alone. */
export const faultSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { kind: value } : value),
  faultObjectSchema,
);

export type Fault = z.output<typeof faultObjectSchema>;
export type BeforeBodyFault = z.output<(typeof beforeBodyFaults)[number]>;
export type RefusalFault = z.output<(typeof refusalFaults)[number]>;
export type UnclearFault = z.output<(typeof unclearFaults)[number]>;
export type ConnectionFault = z.output<(typeof connectionFaults)[number]>;
export type CallbackFault = z.output<(typeof callbackFaults)[number]>;

const kindsOf = (schemas: readonly { shape: { kind: { value: string } } }[]): ReadonlySet<string> =>
  new Set(schemas.map((schema) => schema.shape.kind.value));

const beforeBodyKinds = kindsOf(beforeBodyFaults);
const refusalKinds = kindsOf(refusalFaults);
const unclearKinds = kindsOf(unclearFaults);
const connectionKinds = kindsOf(connectionFaults);
const answerKinds = kindsOf(answerFaults);
const taskKinds = kindsOf(taskFaults);
const requestKinds = kindsOf(requestFaults);
const callbackKinds = kindsOf(callbackFaults);

/** Every fault's name, in the order of the request's life. */
export const faultKinds: readonly string[] = [
  ...beforeBodyKinds,
  ...refusalKinds,
  ...unclearKinds,
  ...connectionKinds,
  ...answerKinds,
  ...taskKinds,
  ...requestKinds,
  ...callbackKinds,
];

export const isBeforeBodyFault = (fault: Fault | undefined): fault is BeforeBodyFault =>
  fault !== undefined && beforeBodyKinds.has(fault.kind);
export const isRefusalFault = (fault: Fault | undefined): fault is RefusalFault =>
  fault !== undefined && refusalKinds.has(fault.kind);
export const isUnclearFault = (fault: Fault | undefined): fault is UnclearFault =>
  fault !== undefined && unclearKinds.has(fault.kind);
export const isConnectionFault = (fault: Fault | undefined): fault is ConnectionFault =>
  fault !== undefined && connectionKinds.has(fault.kind);
export const isCallbackFault = (fault: Fault | undefined): fault is CallbackFault =>
  fault !== undefined && callbackKinds.has(fault.kind);
/** Whether only a provider that answers with a task can play it. */
export const isTaskFault = (fault: Fault | undefined): boolean => fault !== undefined && taskKinds.has(fault.kind);
