import { z } from 'zod';
import { urlFromText } from './from-text.schema.ts';
import { defineSettings } from './settings-group.ts';

/** Where the internal API of `main` is, for the processes that use it. */
export const mainApiSettings = defineSettings('Internal API, as the other processes reach it', {
  url: {
    variable: 'MAIN_INTERNAL_URL',
    schema: urlFromText(),
    default: 'http://127.0.0.1:3100',
    description: 'Where the internal API of `main` is.',
  },
  token: {
    variable: 'INTERNAL_TOKEN',
    schema: z.string().min(16, 'must have at least 16 characters'),
    description: 'The secret that the other processes send to the internal API.',
    secret: true,
  },
});
