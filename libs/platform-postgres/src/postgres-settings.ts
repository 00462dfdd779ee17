import { defineSettings, integerFromText, urlFromText } from '@darkroom/platform-config';

const connectionString = urlFromText({ protocols: ['postgres:', 'postgresql:'] });

/** Where PostgreSQL is, for a process that owns a database. */
export const postgresSettings = defineSettings('PostgreSQL', {
  url: {
    variable: 'DATABASE_URL',
    schema: connectionString,
    description:
      'Connection string of the database; may point at a pooler in transaction mode. An acceptance waits for the locks of others as long as the lock_timeout of the database or role says (keep it under 10 seconds, after which a query counts as lost), and 2 seconds where there is none. Give them tcp_keepalives_idle too: PostgreSQL keeps the locks of a machine that lost its power for as long, which is two hours on most systems.',
    example: 'postgresql://darkroom@127.0.0.1:5433/darkroom',
    secret: true,
  },
  directUrl: {
    variable: 'DATABASE_DIRECT_URL',
    schema: connectionString,
    presence: 'optional',
    description:
      'Connection string that bypasses the pooler, for LISTEN and for migrations; DATABASE_URL where it is not set.',
    example: 'postgresql://darkroom@127.0.0.1:5433/darkroom',
    secret: true,
  },
  poolSize: {
    variable: 'DATABASE_POOL_SIZE',
    schema: integerFromText({ minimum: 1, maximum: 1000 }),
    default: '16',
    description: 'How many connections one process opens at most; further queries wait for a free one.',
  },
});
