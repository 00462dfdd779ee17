import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'names are written in lower case, with dashes');

const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const portNumber = z.int().min(1).max(65535);

const port = z.strictObject({
  variable: variable.describe(
    'the environment variable that changes the port, by which the port can be referred to as well',
  ),
  default: portNumber,
});

const texts = z.record(z.string(), z.string());

const middleware = z.strictObject({
  driver: z.string().describe('the driver module, from the deploy file'),
  ports: z.record(name, port).default({}),
  settings: z.record(z.string(), z.unknown()).default({}).describe('for the driver; texts may hold references'),
  replacedBy: z
    .array(z.string())
    .default([])
    .describe('variables by which a person names a server of their own; this one is then not started'),
  dependsOn: z.array(name).default([]),
  readySeconds: z.number().positive().default(60),
});

const service = z.strictObject({
  workingDirectory: z.string().describe('from the root of the checkout'),
  command: z.array(z.string()).min(1).describe('what is run; `node` is the pinned Node'),
  watchCommand: z.array(z.string()).min(1).describe('what `darkroom serve` runs'),
  ports: z.record(name, port).default({}),
  environment: texts.default({}),
  ready: z
    .strictObject({ port: name, path: z.string().startsWith('/') })
    .describe('answers 200 when the service is ready'),
  addresses: texts.default({}).describe('what people are told, by a word for each'),
  dependsOn: z.array(name).default([]),
  startsAfter: z
    .array(name)
    .default([])
    .describe(
      'services before it in the file that it waits for where all are started; `darkroom serve` runs it without',
    ),
  stopsBefore: z.array(name).default([]).describe('services that it still needs while it stops'),
  readySeconds: z.number().positive().default(60),
  stopSeconds: z.number().positive().default(15),
});

/** What a deploy file says. Texts may refer to `${A_PORT_VARIABLE}`, `${ROOT}`, `${DATA_DIRECTORY}` and `${SECRET:a-name}`. */
export const deployFileSchema = z.strictObject({
  middleware: z.record(name, middleware).default({}),
  environment: texts.default({}).describe('for every service'),
  pathVariables: z
    .array(z.string())
    .default([])
    .describe(
      'variables that hold paths; a relative one in `.env` or the environment is from the root of the checkout',
    ),
  otherNames: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe(
      'other names of variables that the deploy file sets, or what makes them untrue; where a person sets one, the deploy file sets none',
    ),
  otherPorts: z
    .record(variable, portNumber)
    .default({})
    .describe('usual ports of what people start beside all this, by the variables that change them; to be referred to'),
  services: z.record(name, service).default({}),
  firstSteps: z.array(z.string()).default([]).describe('lines that `darkroom start` ends with'),
});

export type DeployFile = z.infer<typeof deployFileSchema>;
export type MiddlewareEntry = DeployFile['middleware'][string];
export type ServiceEntry = DeployFile['services'][string];
