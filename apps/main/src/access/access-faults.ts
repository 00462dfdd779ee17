import type { SettingFault } from '@darkroom/platform-config';
import type { ConfiguredKey } from './api-keys.schema.ts';
import { isLoopback } from './loopback.ts';

export interface AccessConfiguration {
  apiKeys: readonly ConfiguredKey[];
  requireApiKey?: boolean | undefined;
  host: string;
  inProduction: boolean;
}

/** Whether requests need a key, where the operator has not said so. */
export function requiresApiKey({ apiKeys, requireApiKey, host, inProduction }: AccessConfiguration): boolean {
  return requireApiKey ?? (inProduction || apiKeys.length > 0 || !isLoopback(host));
}

/** What is wrong with the access settings together. */
export function accessFaults(access: AccessConfiguration): SettingFault[] {
  const { apiKeys, host, inProduction } = access;
  if (!requiresApiKey(access)) {
    const remedy = 'Unset it and give each client a key in API_KEYS.';
    if (inProduction) return [{ variable: 'REQUIRE_API_KEY', problem: 'must not be false in production', remedy }];
    if (!isLoopback(host))
      return [{ variable: 'REQUIRE_API_KEY', problem: 'must not be false where HOST is no loopback address', remedy }];
    return [];
  }
  if (apiKeys.length > 0) return [];
  const problem = 'is not set, and without a key nobody could use the API';
  const remedy =
    isLoopback(host) && !inProduction
      ? 'Set it to account:key, or set REQUIRE_API_KEY=false for use on this machine.'
      : 'Set it to account:key, separated by commas.';
  return [{ variable: 'API_KEYS', problem, remedy }];
}
