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
  z.strictObject({ kind: z.literal('rate_limited'), retryAfterSeconds, perDay: z.boolean().default(false) }),
  simple('quota_exceeded'),
  simple('unavailable_envelope'),
  simple('leaks_key'),
] as const;

/** Answers from which nobody can tell whether the provider accepted: counted unless the plan says otherwise. */
const unclearFaults = [
  unclear('internal_error'),
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
] as const;

const faultObjectSchema = z.discriminatedUnion('kind', [
  ...beforeBodyFaults,
  ...refusalFaults,
  ...unclearFaults,
  ...connectionFaults,
  ...answerFaults,
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
export type AnswerFault = z.output<(typeof answerFaults)[number]>;

const kindsOf = (schemas: readonly { shape: { kind: { value: string } } }[]): ReadonlySet<string> =>
  new Set(schemas.map((schema) => schema.shape.kind.value));

const beforeBodyKinds = kindsOf(beforeBodyFaults);
const refusalKinds = kindsOf(refusalFaults);
const unclearKinds = kindsOf(unclearFaults);
const connectionKinds = kindsOf(connectionFaults);

/** Every fault's name, in the order of the request's life. */
export const faultKinds: readonly string[] = [
  ...beforeBodyKinds,
  ...refusalKinds,
  ...unclearKinds,
  ...connectionKinds,
  ...kindsOf(answerFaults),
];

export const isBeforeBodyFault = (fault: Fault | undefined): fault is BeforeBodyFault =>
  fault !== undefined && beforeBodyKinds.has(fault.kind);
export const isRefusalFault = (fault: Fault | undefined): fault is RefusalFault =>
  fault !== undefined && refusalKinds.has(fault.kind);
export const isUnclearFault = (fault: Fault | undefined): fault is UnclearFault =>
  fault !== undefined && unclearKinds.has(fault.kind);
export const isConnectionFault = (fault: Fault | undefined): fault is ConnectionFault =>
  fault !== undefined && connectionKinds.has(fault.kind);
