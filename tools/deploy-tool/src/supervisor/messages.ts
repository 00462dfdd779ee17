import { z } from 'zod';

/** What a client sends, one JSON document a line. The first line of a connection is the request. */
export const requestSchema = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('up'),
    names: z.array(z.string()),
    /** Whether what this request has started ends with its connection. */
    hold: z.boolean(),
    environment: z.record(z.string(), z.string()),
  }),
  z.object({ command: z.literal('down'), names: z.array(z.string()) }),
  z.object({ command: z.literal('status') }),
  /** On a connection that holds: gives back what it has claimed. The connection closes when that has stopped. */
  z.object({ command: z.literal('release') }),
  /** On a connection that holds: ends at once what is being stopped. */
  z.object({ command: z.literal('kill') }),
]);

export type Request = z.infer<typeof requestSchema>;

const componentStatusSchema = z.object({
  name: z.string(),
  kind: z.enum(['middleware', 'service']),
  /** `served` is what the supervisor has no part in: a service that runs in the foreground. */
  status: z.enum(['served', 'stopped', 'starting', 'ready', 'restarting', 'failed', 'stopping']),
  pid: z.number().nullable(),
  ports: z.array(z.number()),
  addresses: z.record(z.string(), z.string()),
  problem: z.string().nullable(),
});

export type ComponentStatus = z.infer<typeof componentStatusSchema>;

/** What the supervisor answers, one JSON document a line: any number of `said`, then `done` or `failed`. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted') }),
  z.object({
    kind: z.literal('said'),
    component: z.string(),
    text: z.string(),
    level: z.enum(['progress', 'info', 'problem']),
  }),
  z.object({ kind: z.literal('done'), components: z.array(componentStatusSchema) }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

export type Answer = z.infer<typeof answerSchema>;
export type Said = Extract<Answer, { kind: 'said' }>;
