import { defineSettings, integerFromText, urlFromText } from '@darkroom/platform-config';

const day = 24 * 3600;

/** What browsers and streams are let in with, and where the streams are. */
export const pushSettings = defineSettings('Sessions and streams', {
  streamUrl: {
    variable: 'PUBLIC_STREAM_URL',
    schema: urlFromText(),
    default: 'http://localhost:3001/v1/stream',
    presence: 'required-in-production',
    description: 'The address under which clients reach the stream of `communication`: answers with a token name it.',
    example: 'https://darkroom.example.com/v1/stream',
  },
  tokenSeconds: {
    variable: 'STREAM_TOKEN_SECONDS',
    schema: integerFromText({ minimum: 60, maximum: 3600 }),
    default: '300',
    description:
      'For how many seconds a stream token is good, and so for how long one is that was lost. Clients renew theirs before.',
  },
  sessionSeconds: {
    variable: 'SESSION_SECONDS',
    schema: integerFromText({ minimum: 60, maximum: 90 * day }),
    default: String(7 * day),
    description: 'After how many seconds a browser has to sign in again.',
  },
});
