export { checkOutboundUrl } from './check-outbound-url.ts';
export { createGuardedClient } from './guarded-client.ts';
export type {
  Download,
  DownloadOptions,
  GuardedClient,
  GuardedClientOptions,
  PostAnswer,
  PostOptions,
} from './guarded-client.ts';
export { isOutboundError, OutboundError } from './outbound-error.ts';
export type { OutboundErrorCode } from './outbound-error.ts';
export { createProviderClient } from './provider-client.ts';
export { encodeBody } from './provider-body.ts';
export type { EncodedBody, FormField } from './provider-body.ts';
export type { ProviderAnswer, ProviderClient, ProviderClientOptions, ProviderPost } from './provider-client.ts';
export { isProviderRequestError, ProviderRequestError } from './provider-request-error.ts';
export type { ProviderRequestStage } from './provider-request-error.ts';
export { createQueryClient } from './query-client.ts';
export type { ProviderQuestion, QueryClient, QueryClientOptions } from './query-client.ts';
export { reachableBaseUrl } from './reachable-base-url.ts';
export { securityHeaders } from './security-headers.ts';
export { isReady, serveHealth } from './serve-health.ts';
export type { DependencyState, HealthServer, HealthServerOptions } from './serve-health.ts';
