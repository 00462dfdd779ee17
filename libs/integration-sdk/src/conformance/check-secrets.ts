import { Client, Connection } from '@temporalio/client';
import type { PlayedFault } from './play-fault.ts';
import type { Stage } from './stage.ts';

/** The places in which a secret was found: none is right. */
export async function findSecrets(stage: Stage, played: readonly PlayedFault[]): Promise<string[]> {
  const { place, middleware } = stage.stack;
  const secrets = {
    "the provider's key": stage.apiKey,
    'the internal token': place.internalToken,
    "the object store's secret": middleware.objectStore.secretAccessKey,
  };
  const shown = (where: string, text: string) =>
    Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [`${where}: ${name}`] : []));

  const { address, namespace } = middleware.temporal;
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    const found: string[] = shown('logs', stage.logs());
    for (const { call, events } of played) {
      const history = await client.workflow.getHandle(call.workflowId).fetchHistory();
      found.push(...shown(`call ${call.id}`, JSON.stringify(call)));
      found.push(...shown(`events of ${call.id}`, JSON.stringify(events)));
      found.push(...shown(`history of ${call.id}`, textOf(history)));
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** All text in a history: payloads are bytes there. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}
