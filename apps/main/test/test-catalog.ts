import type { Integration, OperationLimits } from '@darkroom/contract';
import type { IntegrationCatalog } from '../src/integrations/integration-catalog.ts';

/** Integrations for tests, each with the operation `draw`: one of each delivery, and a polled one that is not enabled. */
export function createTestCatalog(limits: OperationLimits): Pick<IntegrationCatalog, 'find'> {
  const integrations = [
    integration('testing', { delivery: 'call', limits }),
    integration('polling', { delivery: 'poll', limits }),
    integration('disabled', { delivery: 'poll', limits, enabled: false }),
  ];
  return { find: (wanted) => integrations.find(({ name }) => name === wanted) };
}

function integration(
  name: string,
  { delivery, limits, enabled = true }: { delivery: string; limits: OperationLimits; enabled?: boolean },
): Integration {
  const schemas = { inputSchema: {}, mediaFields: {}, outputSchema: {} };
  const draw = { name: 'draw', title: 'Draw', description: 'Draws.', delivery, limits, ...schemas };
  return { name, title: name, description: 'For tests.', enabled, operations: [draw], tasks: [] };
}
