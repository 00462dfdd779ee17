import { AsyncTaskComponent } from '@darkroom/integration-sdk/tasks';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import Fastify from 'fastify';
import { loadHostConfig } from './config.ts';
import { tenSteps } from './ten-steps.ts';

const { host, temporal } = loadHostConfig();

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const component = new AsyncTaskComponent({ temporalAddress: temporal.address, namespace: temporal.namespace });
component.register(tenSteps);
await component.start();

const health = Fastify();
health.get('/readyz', async (_request, reply) =>
  reply.code((await component.findFault()) === undefined ? 200 : 503).send({}),
);
await health.listen({ host: '127.0.0.1', port: host.port });

const stop = () => void health.close().then(() => component.stop());
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
