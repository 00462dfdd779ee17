import { join } from 'node:path';
import { z } from 'zod';
import { resolveBinary } from '../../binaries/resolve-binary.ts';
import { portFor, type MiddlewareContext, type MiddlewareDriver } from '../middleware-driver.ts';
import { describeNamespace } from './describe-namespace.ts';
import { temporalBinary } from './temporal.binary.ts';

const settingsSchema = z.strictObject({
  namespace: z.string().min(1).default('default'),
  /** Dynamic configuration beside `developmentSettings`, in the same form. */
  dynamicConfiguration: z.record(z.string(), z.string()).default({}),
});

/**
 * Without these, one shard reads its queue 20 times a second and timers fire up to a second late. The server wants
 * durations as JSON strings, with their quotes.
 */
const developmentSettings = {
  'history.transferProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxTimeShift': '"20ms"',
  'matching.enableFairness': 'true',
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
  'frontend.WorkerHeartbeatsEnabled': 'true',
  'frontend.ListWorkersEnabled': 'true',
};

/** The official Temporal development server, on a SQLite file, with its Web UI where a port `ui` is given. */
export const driver: MiddlewareDriver = {
  binary: temporalBinary,

  prepare: async (context) => {
    const { namespace, dynamicConfiguration } = settingsSchema.parse(context.settings);
    const configuration = { ...developmentSettings, ...dynamicConfiguration };
    return {
      command: await resolveBinary(temporalBinary, context),
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(portFor(context, 'grpc'))],
        ...['--db-filename', join(context.dataDirectory, 'temporal.db'), '--namespace', namespace],
        ...(context.ports['ui'] === undefined
          ? ['--headless']
          : ['--ui-ip', '127.0.0.1', '--ui-port', String(context.ports['ui'])]),
        ...['--log-level', 'warn'],
        ...Object.entries(configuration).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
      ],
      environment: context.environment,
    };
  },

  check: (context) => describeNamespace(address(context), settingsSchema.parse(context.settings).namespace),

  addresses: (context) => ({
    Temporal: address(context),
    ...(context.ports['ui'] !== undefined && { 'Temporal UI': `http://127.0.0.1:${context.ports['ui']}` }),
  }),
};

function address(context: MiddlewareContext): string {
  return `127.0.0.1:${portFor(context, 'grpc')}`;
}
