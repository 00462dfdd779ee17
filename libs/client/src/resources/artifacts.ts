import type { Api, Artifact } from '../api.ts';
import { readFileName } from '../http/file-name.ts';
import { send } from '../http/send.ts';
import type { RequestOptions } from './request-options.ts';

/** An artifact, or its id. */
export type ArtifactReference = string | { artifactId: string };

/** Files that calls have produced. */
export interface Artifacts {
  /** What is known of one. */
  get(artifact: ArtifactReference, options?: RequestOptions): Promise<Artifact>;
  /** Its bytes in memory, under a readable name. On a page a link to the artifact's `url` downloads it without any of this. */
  download(artifact: ArtifactReference, options?: RequestOptions): Promise<File>;
  /** The answer itself, of which the body is the file: for what is to be passed on as it comes. */
  open(artifact: ArtifactReference, options?: RequestOptions): Promise<Response>;
}

export function createArtifacts(api: Api): Artifacts {
  const request = (artifact: ArtifactReference, signal: AbortSignal) =>
    api.GET('/v1/artifacts/{id}/download', { params: { path: { id: idOf(artifact) } }, parseAs: 'stream', signal });

  return {
    get: (artifact, options) =>
      send((signal) => api.GET('/v1/artifacts/{id}', { params: { path: { id: idOf(artifact) } }, signal }), options),
    download: (artifact, options) =>
      // A file takes as long as it takes; what breaks off is fetched again from its beginning.
      send(
        async (signal) => {
          const { error, response } = await request(artifact, signal);
          return { error, response, ...(response.ok && { data: await toFile(response, idOf(artifact)) }) };
        },
        { ...options, timeoutMs: undefined },
      ),
    open: (artifact, options) =>
      send(
        async (signal) => {
          const { error, response } = await request(artifact, signal);
          return { error, response, data: response };
        },
        { ...options, timeoutMs: undefined },
      ),
  };
}

function idOf(artifact: ArtifactReference): string {
  return typeof artifact === 'string' ? artifact : artifact.artifactId;
}

async function toFile(response: Response, id: string): Promise<File> {
  const { headers } = response;
  const name = readFileName(headers.get('content-disposition')) ?? id;
  return new File([await response.blob()], name, { type: headers.get('content-type') ?? '' });
}
