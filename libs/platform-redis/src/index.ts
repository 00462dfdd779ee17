export { createPublisher } from './create-publisher.ts';
export type { Publisher, PublisherOptions } from './create-publisher.ts';
export { subscribeTo } from './subscribe-to.ts';
export type { RedisSubscription, SubscribeOptions } from './subscribe-to.ts';
export { redisSettings } from './redis-settings.ts';
