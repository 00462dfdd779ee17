import { z } from 'zod';
import { urlFromText } from './from-text.schema.ts';
import type { SettingFault } from './configuration-error.ts';
import { defineSettings, type SettingsOf } from './settings-group.ts';

/** How e-mail is sent: the worker sends it, and `main` refuses subscriptions to it where nobody could. */
export const emailSettings = defineSettings('E-mail', {
  smtpUrl: {
    variable: 'SMTP_URL',
    schema: urlFromText({ protocols: ['smtp:', 'smtps:'] }),
    presence: 'optional',
    description:
      'The mail server that notifications are sent through, with its user name and password where it needs them; the same for `main` and every worker. Without it, a subscription to e-mail is refused.',
    secret: true,
  },
  from: {
    variable: 'NOTIFICATIONS_FROM',
    schema: z.email('expected one e-mail address'),
    presence: 'optional',
    description: 'The address that notifications by e-mail come from. Required with SMTP_URL.',
    example: 'darkroom@example.com',
  },
});

/** What is wrong with the settings although each is right by itself. */
export function emailFaults({ smtpUrl, from }: SettingsOf<typeof emailSettings>): SettingFault[] {
  if (smtpUrl === undefined || from !== undefined) return [];
  const remedy = 'Set it to the address that notifications shall come from, or unset SMTP_URL.';
  return [{ variable: 'NOTIFICATIONS_FROM', problem: 'is not set, and SMTP_URL is', remedy }];
}
