import { defineSettings, urlFromText } from '@darkroom/platform-config';

/** Through what the processes of `main` tell those of `communication` of new events, where there are several. */
export const redisSettings = defineSettings('Redis', {
  url: {
    variable: 'REDIS_URL',
    schema: urlFromText({ protocols: ['redis:', 'rediss:'] }),
    presence: 'optional',
    description:
      'The Redis server by which every `main` tells every `communication` of new events, with its user name and password where it needs them; the same for both. Needed with several of both: without it, a `communication` hears of them over one connection to `main`. While it is away events come up to two seconds later, and none is lost.',
    example: 'redis://127.0.0.1:6379',
    secret: true,
  },
});
