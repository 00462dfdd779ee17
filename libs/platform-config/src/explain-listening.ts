import { ConfigurationError } from './configuration-error.ts';

/** Which settings say where a server listens. */
export interface ListeningPlace {
  host: string;
  port: number;
  hostVariable: string;
  portVariable: string;
}

/** What a failure to listen means to who configured it: a ConfigurationError that says which variable to change, or the failure itself. */
export function explainListening(error: unknown, { port, hostVariable, portVariable }: ListeningPlace): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const remedy = 'Stop the process that has it, or choose another port.';
    return new ConfigurationError([
      { variable: portVariable, problem: `names the port ${port}, which is taken`, remedy },
    ]);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const remedy = 'Use 127.0.0.1 or 0.0.0.0.';
    return new ConfigurationError([{ variable: hostVariable, problem: 'is no address of this machine', remedy }]);
  }
  return error;
}
