import { z } from 'zod';

/** What `main` tells a call's workflow. All three are safe to repeat, and none of them is a command: the workflow decides. */
export const callSignals = { refresh: 'refresh', callback: 'callback', cancel: 'cancel' } as const;
export type CallSignal = keyof typeof callSignals;

/**
 * A callback of the provider whose token was right. What it says of the task is a hint: the provider is asked again before anything is
 * believed. That it came is a proof: the provider took the attempt's submission.
 */
export const callbackSignalSchema = z.object({
  attempt: z.int().positive().describe('The submission whose token came back.'),
  externalId: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe("The provider's id for the task, where the callback names it."),
  isFinal: z
    .boolean()
    .optional()
    .describe(
      'Whether it says that the task has ended; it does where this is missing. Only then is there something to look at.',
    ),
});
export type CallbackSignal = z.infer<typeof callbackSignalSchema>;
