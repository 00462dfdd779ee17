import type { RefusalFault } from '../plans/fault.schema.ts';
import type { ProviderAnswer, Refusal } from './image-dialect.ts';

interface Provider {
  refuse(refusal: Refusal): ProviderAnswer;
  errorIn200?(): ProviderAnswer;
}

/** A planned refusal in the provider's own words; undefined where the provider never refuses like this. */
export function refuseAsPlanned(provider: Provider, fault: RefusalFault, apiKey: string): ProviderAnswer | undefined {
  switch (fault.kind) {
    case 'error_in_200':
      return provider.errorIn200?.();
    case 'bad_request':
      return provider.refuse({ kind: 'bad_request', message: 'The request was refused by a fault plan.' });
    case 'leaks_key':
      return provider.refuse({ kind: 'leaks_key', apiKey });
    case 'rate_limited':
    case 'unauthorized':
    case 'quota_exceeded':
    case 'unavailable_envelope':
      return provider.refuse(fault);
  }
}
