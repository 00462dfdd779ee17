import type { ProviderRequest } from './call-handler.ts';
import type { CallWork } from './call-work.ts';

/**
 * Whether a request, as it goes over the wire, holds the address for callbacks. Its bytes decide, and not what the integration was
 * given: not every model of a provider takes an address.
 */
export function carriesCallback({ callbackUrl }: CallWork, request: ProviderRequest): boolean {
  return callbackUrl !== undefined && 'bytes' in request && Buffer.from(request.bytes).includes(callbackUrl);
}

/**
 * Whether the request of an execution that was lost held it: the same one is built again, without its files. Where that is not possible,
 * it counts as held: waiting for a callback costs time, and giving up a paid task costs money.
 */
export function mayHaveCarriedCallback(work: CallWork): boolean {
  const { callbackUrl, operation, handler, context, call } = work;
  if (callbackUrl === undefined) return false;
  try {
    const input = operation.input.parse(call.input);
    const { settings } = context;
    const request = handler.toProviderRequest({ input, images: [], mediaUrls: [], settings, callbackUrl });
    return carriesCallback(work, context.providerHttp.encode(request));
  } catch {
    return true;
  }
}
