import { defineSettings, integerFromText } from '@darkroom/platform-config';
import { z } from 'zod';

const path = z.string().min(1);
const port = integerFromText({ minimum: 1, maximum: 65_535 });

const localDeploymentSettings = defineSettings('Local deployment (`npm start`, the `darkroom` command)', {
  deployFile: {
    variable: 'DARKROOM_DEPLOY_FILE',
    schema: path,
    presence: 'optional',
    description:
      'Another deploy file than deploy/deploy.dev.json. Read from the environment only: `.env` is that of the checkout in which the deploy file lies.',
    example: 'deploy/deploy.dev.json',
  },
  dataDirectory: {
    variable: 'DARKROOM_DATA_DIR',
    schema: path,
    default: '.darkroom',
    description:
      'The directory of the data, the secrets and the logs; a relative one is from the root of the checkout.',
  },
  cacheDirectory: {
    variable: 'DARKROOM_CACHE_DIR',
    schema: path,
    presence: 'optional',
    description:
      'Where the binaries of the middleware are kept, for all checkouts of one user; `~/.cache/darkroom` where it is not set.',
    example: '/var/cache/darkroom',
  },
  postgresPort: {
    variable: 'POSTGRES_PORT',
    schema: port,
    default: '5433',
    description: 'The port of the PostgreSQL that is started; none is where `DATABASE_URL` is set.',
  },
  temporalPort: {
    variable: 'TEMPORAL_PORT',
    schema: port,
    default: '7233',
    description: 'The port of the Temporal server that is started; none is where `TEMPORAL_HOST` is set.',
  },
  temporalUiPort: {
    variable: 'TEMPORAL_UI_PORT',
    schema: port,
    default: '8233',
    description: "The port of that Temporal server's web interface.",
  },
  s3Port: {
    variable: 'S3_PORT',
    schema: port,
    default: '9090',
    description: 'The port of the object store that is started; none is where `S3_ENDPOINT` is set.',
  },
  webPort: {
    variable: 'WEB_PORT',
    schema: port,
    default: '5173',
    description:
      'The port of `npx nx serve web`, whose page may open streams of a `communication` that is started here.',
  },
  temporalCliPath: {
    variable: 'TEMPORAL_CLI_PATH',
    schema: path,
    presence: 'optional',
    description: 'A `temporal` program of your own, of any version, in place of the pinned one.',
    example: '/usr/local/bin/temporal',
  },
  versitygwPath: {
    variable: 'VERSITYGW_PATH',
    schema: path,
    presence: 'optional',
    description: 'A `versitygw` program of your own, of any version, in place of the pinned one.',
    example: '/usr/local/bin/versitygw',
  },
});

/** All that this tool can be told by the environment, for the documentation; ports are read by way of the deploy file. */
export const settingsGroups = { localDeployment: localDeploymentSettings };
