import type { Api, Upload } from '../api.ts';
import { send } from '../http/send.ts';
import type { RequestOptions } from './request-options.ts';

export interface UploadOptions extends RequestOptions {
  /** The artifacts that the file was made from, for instance cut out of: calls that name the upload know them. */
  sourceArtifactIds?: readonly string[];
}

/** Files that a user brings as input. */
export interface Uploads {
  /** Sends an image or a video, to be named in an input as `{ uploadId: upload.id }`. In Node `fs.openAsBlob(path)` makes a Blob of a file without reading it. */
  create(file: Blob, options?: UploadOptions): Promise<Upload>;
  get(id: string, options?: RequestOptions): Promise<Upload>;
}

export function createUploads(api: Api): Uploads {
  return {
    create: (file, { sourceArtifactIds = [], ...options } = {}) =>
      // A large file takes as long as it takes. Nothing is paid for an upload, so that one whose answer was lost may be there twice.
      send((signal) => api.POST('/v1/uploads', { ...uploadOf(file, sourceArtifactIds), signal }), {
        ...options,
        timeoutMs: undefined,
      }),
    get: (id, options) => send((signal) => api.GET('/v1/uploads/{id}', { params: { path: { id } }, signal }), options),
  };
}

function uploadOf(file: Blob, sourceArtifactIds: readonly string[]) {
  return {
    params: {
      header: { 'x-darkroom-upload': '1' },
      ...(sourceArtifactIds.length > 0 && { query: { sourceArtifactId: [...sourceArtifactIds] } }),
    },
    // The document says of the file that it is text, as it says of all that is binary.
    body: { file: '' },
    bodySerializer() {
      const form = new FormData();
      form.append('file', file);
      return form;
    },
  };
}
