import { defineSettings, integerFromText } from '@darkroom/platform-config';
import { z } from 'zod';

const longestPauseSeconds = 24 * 3600;

/** Seconds, separated by commas: `5, 30, 120`. */
const secondsFromText = z
  .string()
  .regex(/^\s*\d+(\s*,\s*\d+)*\s*$/, 'expected whole seconds, separated by commas')
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.int().min(1).max(longestPauseSeconds)).min(1).max(100));

/** How an account's own servers and people are told of its events. */
export const notificationSettings = defineSettings('Notifications', {
  webhookSecret: {
    variable: 'WEBHOOK_SECRET',
    schema: z.string().min(32, 'must have at least 32 characters'),
    presence: 'required-in-production',
    description:
      'The keys of all accounts that webhooks are signed with are made from it. With another one every receiver needs its new secret and public key. Outside production CALLBACK_SECRET takes its place where it is not set.',
    secret: true,
  },
  retrySeconds: {
    variable: 'NOTIFICATION_RETRY_SECONDS',
    schema: secondsFromText,
    default: '5,30,120,600,1800,3600,7200,14400,28800',
    description:
      'How many seconds after each failed attempt a notification is tried again, the last number again and again; each is varied by up to a fifth. Never sooner than a `Retry-After` says.',
  },
  giveUpSeconds: {
    variable: 'NOTIFICATION_GIVE_UP_SECONDS',
    schema: integerFromText({ minimum: 1, maximum: 30 * 24 * 3600 }),
    default: String(2 * 24 * 3600),
    description:
      "For how many seconds a notification is tried before it is given up, which the account's log tells. A `Retry-After` that points beyond is waited for once, up to a day longer.",
  },
});
