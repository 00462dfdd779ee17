import { defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where the Temporal server is. */
export const temporalSettings = defineSettings('Temporal', {
  address: {
    variable: 'TEMPORAL_HOST',
    aliases: ['TEMPORAL_ADDRESS'],
    schema: z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s/:]+):\d{1,5}$/, 'expected host:port, without a protocol'),
    description:
      "Address of Temporal's frontend, as host:port. A server of your own shares its workers fairly between accounts where its dynamic configuration sets `matching.enableFairness` to true.",
    example: '127.0.0.1:7233',
  },
  namespace: {
    variable: 'TEMPORAL_NAMESPACE',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'Namespace that the workflows run in; it must exist.',
    example: 'default',
  },
});
