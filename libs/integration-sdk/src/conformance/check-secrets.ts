import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { PlayedFault } from './play-fault.ts';
import type { Stage } from './stage.ts';

const grpcNotFound = 5;

/** The places in which a secret, or an address that only the provider and we should know, was found: none is right. */
export async function findSecrets(stage: Stage, played: readonly PlayedFault[]): Promise<string[]> {
  const { place, middleware } = stage.stack;
  const secrets = {
    "the provider's key": stage.apiKey,
    'the internal token': place.internalToken,
    "the object store's secret": middleware.objectStore.secretAccessKey,
    'the address of a callback': `/callbacks/${stage.definition.name}/`,
    ...stage.otherSecrets,
  };
  const found: string[] = [];
  const look = (where: string, text: string, more: Record<string, string> = {}) => {
    for (const [name, secret] of Object.entries({ ...secrets, ...more }))
      if (text.includes(secret)) found.push(`${where}: ${name}`);
  };
  const providers = { "the provider's address": stage.gate.url };

  const { address, namespace } = middleware.temporal;
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    look('logs', stage.logs());
    for (const { call, events } of played) {
      const history = await historyOf(client, call.workflowId);
      look(`call ${call.id}`, JSON.stringify(call), providers);
      look(`events of ${call.id}`, JSON.stringify(events), providers);
      look(`history of ${call.id}`, textOf(history));
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** A call that was cancelled before its start has none. */
async function historyOf(client: Client, workflowId: string): Promise<unknown> {
  try {
    return await client.workflow.getHandle(workflowId).fetchHistory();
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === grpcNotFound) return undefined;
    throw error;
  }
}

/** All text in a history: payloads are bytes there. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}
