import { createThumbnailPath } from '@darkroom/integration-sdk/signed-links';
import { reachableBaseUrl } from '@darkroom/platform-http';
import { pictureIn } from '../artifacts/picture-in.ts';
import type { Config } from '../config.ts';

const validMs = 30 * 24 * 3600 * 1000;

/**
 * Addresses of small pictures for messages: those who show them, such as Slack, have no key. Undefined where there is no picture among an
 * output's artifacts, or where nobody outside could fetch it.
 */
export function createThumbnailLinks({
  server,
  runtime,
  outbound,
  callbacks,
}: Pick<Config, 'server' | 'runtime' | 'outbound' | 'callbacks'>): (
  accountId: string,
  output: unknown,
) => string | undefined {
  const baseUrl = reachableBaseUrl({
    publicBaseUrl: server.publicBaseUrl,
    simulated: runtime.mockExternalApis,
    allowOrigins: outbound.allowOrigins,
  });
  return (accountId, output) => {
    const picture = pictureIn(output);
    if (baseUrl === undefined || picture === undefined) return undefined;
    const link = { accountId, artifactId: picture.artifactId, expiresAt: new Date(Date.now() + validMs) };
    return `${baseUrl}${createThumbnailPath(callbacks.secret, link)}`;
  };
}
