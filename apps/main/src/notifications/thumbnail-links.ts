import { createThumbnailPath } from '@darkroom/integration-sdk/signed-links';
import { reachableBaseUrl } from '@darkroom/platform-http';
import type { Config } from '../config.ts';
import { artifactsIn } from './tell-event.ts';

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

/** An image that was asked for or, of a video, the picture that came with it. */
function pictureIn(output: unknown) {
  const images = artifactsIn(output).filter(({ contentType }) => contentType.startsWith('image/'));
  return images.find(({ role = 'result' }) => role === 'result') ?? images[0];
}
