import type { Download, GuardedHttp } from '@darkroom/integration-sdk/worker';
import { type GuardedClient, isOutboundError } from '@darkroom/platform-http';

const goneStatuses = new Set([403, 404, 410]);
const passingStatuses = new Set([408, 425, 429]);

/** Downloads from addresses that users and providers name, over the platform's guarded client. */
export function createGuardedHttp(client: GuardedClient): GuardedHttp {
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
      if (goneStatuses.has(status)) return 'gone';
      return status >= 500 || passingStatuses.has(status) ? 'unavailable' : 'refused';
    case 'timed_out':
    case 'unreachable':
      return 'unavailable';
    default:
      return 'refused';
  }
}
