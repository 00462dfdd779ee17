import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiInstance } from '../api-instance.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { batchPage, callPage } from './page-addresses.ts';
import { pagePolicy } from './page-policy.ts';

export interface PageDependencies {
  /** Where the built page is; undefined where none is to be served. */
  pageDirectory: string | undefined;
  /** Where clients reach the stream of `communication`. */
  streamUrl: string;
}

/** The addresses that the page shows something of its own at. */
const pagePaths = ['/gallery', '/batches', batchPage(':id'), callPage(':id')];
const document = 'index.html';
/** Their names hold a hash of what is in them. */
const assets = '/assets/';
const year = 'public, max-age=31536000, immutable';

/**
 * Shows the page, which says that there is nothing, to a browser that was led to an address of no use; undefined for programs, and for what belongs
 * to the API or to the page itself.
 */
export function showPageInstead(
  { method, url, headers }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  const isOpened = method === 'GET' && (headers.accept ?? '').includes('text/html');
  const isPlace = !url.startsWith('/v1/') && !url.startsWith(assets);
  return isOpened && isPlace && reply.server.hasReplyDecorator('sendFile')
    ? reply.code(404).sendFile(document)
    : undefined;
}

/** Whether there is a page in this directory to be served. */
export function hasPage(directory: string): boolean {
  return existsSync(join(directory, document));
}

/** Serves the web page at `/`, compressed as it was built. */
export async function servePage(app: ApiInstance, { pageDirectory: root, streamUrl }: PageDependencies): Promise<void> {
  if (root === undefined) return;
  if (!hasPage(root)) {
    sayWhatIsMissing(app, root);
    return;
  }
  const policy = pagePolicy(streamUrl);
  await app.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      if (path.startsWith(root + assets)) reply.header('cache-control', year);
      else reply.header('cache-control', 'no-cache');
      if (path.endsWith('.html')) reply.header('content-security-policy', policy);
    },
  });
  for (const path of pagePaths)
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile(document));
}

/** Who opens the page, and who reads the log, learns what to do. */
function sayWhatIsMissing(app: ApiInstance, root: string): void {
  const remedy = 'Build it with `npx nx build web`, or set WEB_DIR to where it is, and start `main` again.';
  app.log.warn({ root }, `There is no web page to serve. ${remedy}`);
  for (const path of ['/', ...pagePaths])
    app.get(path, { schema: { hide: true } }, () => {
      throw new ProblemError('not_found', `The web page is not there. ${remedy}`);
    });
}
