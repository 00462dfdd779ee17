import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resolveBinary } from '../../binaries/resolve-binary.ts';
import { portFor, type MiddlewareContext, type MiddlewareDriver } from '../middleware-driver.ts';
import { versitygwBinary } from './versitygw.binary.ts';

const settingsSchema = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(8),
  region: z.string().default('us-east-1'),
});

/** An S3 server over plain directories: versitygw. It checks signatures, as a real one does. */
export const driver: MiddlewareDriver = {
  binary: versitygwBinary,

  prepare: async (context) => {
    const { accessKeyId, secretAccessKey, region } = settingsSchema.parse(context.settings);
    const objects = join(context.dataDirectory, 'objects');
    // Metadata stands beside the objects, not in extended attributes, which many file systems lack.
    const metadata = join(context.dataDirectory, 'metadata');
    for (const directory of [objects, metadata]) mkdirSync(directory, { recursive: true });
    return {
      command: await resolveBinary(versitygwBinary, context),
      args: [
        '--port',
        `127.0.0.1:${portFor(context, 'http')}`,
        '--region',
        region,
        '--quiet',
        '--health',
        '/healthz',
        'posix',
        '--sidecar',
        metadata,
        objects,
      ],
      environment: { ...context.environment, ROOT_ACCESS_KEY_ID: accessKeyId, ROOT_SECRET_ACCESS_KEY: secretAccessKey },
    };
  },

  check: async (context) => {
    const response = await fetch(`${endpoint(context)}/healthz`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the S3 server answered its health check with ${response.status}`);
  },

  addresses: (context) => ({ S3: endpoint(context) }),
};

function endpoint(context: MiddlewareContext): string {
  return `http://127.0.0.1:${portFor(context, 'http')}`;
}
