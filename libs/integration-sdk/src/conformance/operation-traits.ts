import type { OperationLimits } from '@darkroom/contract';
import type { Delivery, IntegrationDefinition } from '../definition/define-integration.ts';
import type { ConformanceOperation, ConformanceVariant } from './conformance-options.ts';

/** What decides which faults an operation can meet, and how its calls end. */
export interface OperationTraits {
  delivery: Delivery;
  limits: OperationLimits;
  /** Whether its submissions carry an address by which a task identifies itself. */
  callsBack: boolean;
  /** Whether the provider lists its tasks. */
  lists: boolean;
  /** Whether the provider cancels what waits in its queue. */
  cancels: boolean;
  /** Whether the provider's own "unavailable" leaves open whether it took the submission. */
  isUnclearWhenUnavailable: boolean;
  /** Whether results are addresses to download from. */
  deliversAddresses: boolean;
}

export function traitsOf(
  { name, operations }: IntegrationDefinition,
  { operation: operationName, proof, cancels = 'never', whenUnavailable = 'refused' }: ConformanceOperation,
  { deliversAddresses = false }: ConformanceVariant,
): OperationTraits {
  const operation = operations[operationName];
  if (operation === undefined) throw new Error(`The integration ${name} has no operation "${operationName}".`);
  const { delivery, limits } = operation;
  const known = proof ?? (delivery === 'callback' ? 'callback' : 'none');
  return {
    delivery,
    limits,
    callsBack: known === 'callback' || known === 'callback_and_list',
    lists: known === 'list' || known === 'callback_and_list',
    cancels: cancels === 'queued',
    isUnclearWhenUnavailable: whenUnavailable === 'unclear',
    deliversAddresses: delivery !== 'call' || deliversAddresses,
  };
}
