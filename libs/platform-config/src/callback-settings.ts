import { z } from 'zod';
import { defineSettings } from './settings-group.ts';

/** What the addresses that providers are given are signed with: `main` and the worker read the same secret. */
export const callbackSettings = defineSettings('Callbacks', {
  secret: {
    variable: 'CALLBACK_SECRET',
    schema: z.string().min(16, 'must have at least 16 characters'),
    description:
      "Signs the addresses that providers call back at and fetch uploads from; the same for `main` and every worker. With another one, callbacks of calls that are under way are refused, and those calls' results are found by polling.",
    secret: true,
  },
});
