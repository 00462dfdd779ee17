import { z } from 'zod';

/** One secret that acts for one account. */
export interface ConfiguredKey {
  accountId: string;
  key: string;
}

const accountPattern = /^[A-Za-z0-9_-]{1,64}$/;
const minKeyLength = 8;

/** `account:key,account:key`; an account may have several keys, a key belongs to one account. */
export const apiKeysFromText = z.string().transform((text, context): ConfiguredKey[] => {
  const entries = text.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [toConfiguredKey(entry.trim())]));
  for (const [index, { accountId, key }] of entries.entries()) {
    const place = `entry ${index + 1}`;
    if (!accountPattern.test(accountId))
      context.addIssue(`${place}: the account must be 1 to 64 letters, digits, "_" or "-", followed by ":"`);
    if (key.length < minKeyLength) context.addIssue(`${place}: the key must have at least ${minKeyLength} characters`);
    if (entries.findIndex((other) => other.key === key) !== index) context.addIssue(`${place}: the key is used twice`);
  }
  return entries;
});

function toConfiguredKey(entry: string): ConfiguredKey {
  const colon = entry.indexOf(':');
  return colon < 0 ? { accountId: '', key: entry } : { accountId: entry.slice(0, colon), key: entry.slice(colon + 1) };
}
