import { urlFromText } from './from-text.schema.ts';
import type { Setting } from './settings-group.ts';

/** Where `main` is for the world: itself says so in its answers, and the worker tells providers. */
export const publicAddressSetting = {
  variable: 'PUBLIC_BASE_URL',
  aliases: ['WEBHOOK_BASE_URL'],
  schema: urlFromText(),
  presence: 'required-in-production',
  description:
    'The address under which clients and providers reach the public API of `main`, the same for `main` and every worker: links in answers, addresses for callbacks and for uploads start with it. Outside production links start with the own address of `main` where it is not set. Providers are given it only where it is public: otherwise they are polled, and uploads go to those that take the bytes.',
  example: 'https://darkroom.example.com',
} as const satisfies Setting;
