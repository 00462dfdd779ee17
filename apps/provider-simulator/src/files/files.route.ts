import type { FastifyInstance } from 'fastify';
import type { FileShelf } from './file-shelf.ts';

/** Where a redirect leads that no client should follow. */
export const privateAddress = 'http://169.254.169.254/latest/meta-data/';

export const redirectingPath = '/files/redirects-to-private.png';

/** `GET /files/:name`: the images that answers point to by URL. */
export function registerFiles(app: FastifyInstance, shelf: FileShelf): void {
  app.get(redirectingPath, (_request, reply) => reply.redirect(privateAddress, 302));

  app.get<{ Params: { name: string } }>('/files/:name', async (request, reply) => {
    const answer = await shelf.find(request.params.name);
    if (answer.status === 'found') return reply.type(answer.mimeType).send(answer.bytes);
    const [status, code] = answer.status === 'expired' ? [403, 'AccessDenied'] : [404, 'NoSuchKey'];
    return reply.code(status).type('application/xml').send(objectStoreError(code));
  });
}

function objectStoreError(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
}
