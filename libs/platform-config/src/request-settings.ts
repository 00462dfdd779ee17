import { z } from 'zod';
import { defineSettings } from './settings-group.ts';

const provider = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?$/, 'expected `<integration>` or `<integration>/<operation>`');

/** Who makes requests that name no provider: `main` and the worker read the same. */
export const requestSettings = defineSettings('Requests', {
  imageProvider: {
    variable: 'IMAGE_PROVIDER',
    schema: provider,
    presence: 'optional',
    description:
      'Who makes requests for images that name no provider: `<integration>`, or `<integration>/<operation>`. Where it is not set, such a request is refused; with MOCK_EXTERNAL_APIS=true the first enabled integration that can makes it.',
    example: 'nanobanana2',
  },
  videoProvider: {
    variable: 'VIDEO_PROVIDER',
    schema: provider,
    presence: 'optional',
    description: 'The same for requests for videos.',
    example: 'veo',
  },
});
