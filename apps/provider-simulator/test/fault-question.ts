import type { DialectClient } from './dialect-client.ts';
import { sendRaw } from './raw-request.ts';
import type { RunningSimulator } from './running-simulator.ts';

let prompts = 0;

/** Plans a fault for a prompt of its own and returns the prompt. */
export async function promptWith(simulator: RunningSimulator, fault: object | string): Promise<string> {
  prompts += 1;
  const prompt = `prompt number ${prompts};`;
  await simulator.plan({ match: prompt, fault });
  return prompt;
}

/** Plans a fault for a prompt of its own and asks once. */
export async function askWith({ simulator, dialect, fault, apiKey }: FaultQuestion) {
  const prompt = await promptWith(simulator, fault);
  const response = await dialect.ask(simulator.origin, prompt, apiKey);
  const text = await response.text();
  return { response, text, accepted: (await simulator.submissions(prompt)).accepted };
}

/** Asks over a raw socket, so that every byte before a reset is seen. */
export async function askRaw({ simulator, dialect, prompt, apiKey = 'key-of-a-test' }: RawQuestion) {
  const body = JSON.stringify(dialect.body(prompt));
  const headers = {
    host: `127.0.0.1:${simulator.port}`,
    'content-type': 'application/json',
    ...dialect.headers(apiKey),
  };
  return sendRaw({ port: simulator.port, method: 'POST', path: dialect.path, headers, body });
}

interface FaultQuestion {
  readonly simulator: RunningSimulator;
  readonly dialect: DialectClient;
  readonly fault: object | string;
  readonly apiKey?: string;
}

interface RawQuestion {
  readonly simulator: RunningSimulator;
  readonly dialect: DialectClient;
  readonly prompt: string;
  readonly apiKey?: string;
}
