import { ConfigurationError } from '@darkroom/platform-config';
import type { ApiInstance } from './api-instance.ts';

interface ListenOptions {
  host: string;
  port: number;
  /** The variables that say where it listens, for the message where it cannot. */
  hostVariable: string;
  portVariable: string;
}

/** Listens, or says which variable to change. */
export async function listen(
  app: Pick<ApiInstance, 'listen'>,
  { host, port, hostVariable, portVariable }: ListenOptions,
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      const remedy = 'Stop the process that has it, or choose another port.';
      throw new ConfigurationError([
        { variable: portVariable, problem: `names the port ${port}, which is taken`, remedy },
      ]);
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ConfigurationError([
        { variable: hostVariable, problem: 'is no address of this machine', remedy: 'Use 127.0.0.1 or 0.0.0.0.' },
      ]);
    }
    throw error;
  }
}
