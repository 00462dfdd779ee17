import { z } from 'zod';
import { listFromText } from './from-text.schema.ts';
import { defineSettings } from './settings-group.ts';

/** Which private addresses requests may go to that users or providers can steer. */
export const outboundSettings = defineSettings('Outbound requests', {
  allowOrigins: {
    variable: 'OUTBOUND_ALLOW_ORIGINS',
    schema: listFromText.pipe(
      z.array(z.url('expected origins such as http://127.0.0.1:3900').transform((url) => new URL(url).origin)),
    ),
    default: '',
    description: 'Exact origins that image addresses may point at although they are private, separated by commas.',
    example: 'http://127.0.0.1:3900',
  },
});
