import type { Download, GuardedHttp } from '@darkroom/integration-sdk/worker';
import { type GuardedClient, isOutboundError } from '@darkroom/platform-http';

const gone = 410;
// Also what a signed address answers before its file has come to all places that serve it.
const missingStatuses = new Set([400, 401, 403, 404, 409, 425]);
const passingStatuses = new Set([408, 429]);

/** Downloads from addresses that users and providers name, over the platform's guarded client. */
export function createGuardedHttp(client: Pick<GuardedClient, 'download'>): GuardedHttp {
  return {
    async download(url, options) {
      try {
        const { bytes } = await client.download(url, options);
        return { kind: 'downloaded', bytes };
      } catch (error) {
        if (!isOutboundError(error)) throw error;
        return { kind: kindOf(error), reason: error.message };
      }
    },
  };
}

function kindOf({
  code,
  status = 0,
}: {
  code: string;
  status?: number | undefined;
}): Exclude<Download['kind'], 'downloaded'> {
  switch (code) {
    case 'status':
      if (status === gone) return 'gone';
      if (missingStatuses.has(status)) return 'missing';
      return status >= 500 || passingStatuses.has(status) ? 'unavailable' : 'refused';
    case 'timed_out':
    case 'unreachable':
      return 'unavailable';
    default:
      return 'refused';
  }
}
