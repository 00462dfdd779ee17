import { resolve } from 'node:path';
import { defineSettings, urlFromText } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where the web page comes from, and where it leads to. */
export const pageSettings = defineSettings('Web page', {
  directory: {
    variable: 'WEB_DIR',
    schema: z.string().trim().min(1),
    presence: 'optional',
    description:
      'The directory of the built web page, which is served at `/`. Unset: `apps/web/dist` beside `main`. Where it holds no `index.html` no page is served.',
    example: '/srv/darkroom/web',
  },
  temporalUiUrl: {
    variable: 'TEMPORAL_UI_URL',
    schema: urlFromText(),
    presence: 'optional',
    description:
      "Where people reach Temporal's Web UI: the web page links each call to its workflow there. Unset: no links.",
    example: 'https://temporal.example.com',
  },
});

/** Where `npx nx build web` puts the page, from the sources of `main` and from what they are compiled to alike. */
export const builtPageDirectory = resolve(import.meta.dirname, '../../../web/dist');
