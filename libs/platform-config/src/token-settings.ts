import { z } from 'zod';
import { defineSettings } from './settings-group.ts';

/** What stream tokens are signed with: `main` makes them, and `communication` checks them with the same secret. */
export const tokenSettings = defineSettings('Tokens', {
  secret: {
    variable: 'TOKEN_SECRET',
    schema: z.string().min(16, 'must have at least 16 characters'),
    description:
      'Signs the tokens that streams are opened with; the same for `main` and `communication`. With another one, all of them are refused and every browser has to sign in again.',
    secret: true,
  },
});
