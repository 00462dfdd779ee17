import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withProgress } from '../progress/report-progress.ts';
import type { BinaryDefinition } from './binary-definition.ts';
import { isExecutableFile } from './find-on-path.ts';
import type { BinaryContext } from './resolve-binary.ts';

/** Downloads the official release, and keeps it only if its sha256 is the one published with it. */
export async function downloadRelease(
  { name, version, release }: BinaryDefinition,
  { cacheDirectory, reportProgress, abortSignal, target }: BinaryContext & { target: string },
): Promise<void> {
  const { archiveUrl, checksumsUrl } = release({ system: process.platform, architecture: process.arch });
  const downloadDirectory = mkdtempSync(join(cacheDirectory, `.${name}-${version}-`));
  try {
    const archive = join(downloadDirectory, 'archive.tar.gz');
    await withProgress(reportProgress, `downloading ${name} ${version}`, async () => {
      const expected = await publishedChecksum(checksumsUrl, basename(archiveUrl), abortSignal);
      await pipeline(await openDownload(archiveUrl, abortSignal), createWriteStream(archive));
      await refuseOtherContent(archive, expected, archiveUrl);
    });
    mkdirSync(dirname(target), { recursive: true });
    renameSync(unpack(archive, name), target);
  } finally {
    rmSync(downloadDirectory, { recursive: true, force: true });
  }
}

async function publishedChecksum(url: string, archiveName: string, signal: AbortSignal): Promise<string> {
  const lines = (await (await request(url, signal)).text()).split('\n').map((line) => line.trim().split(/\s+\*?/));
  const checksum = lines.find(([, file]) => file === archiveName)?.[0];
  if (checksum === undefined) throw new Error(`${url} lists no checksum for ${archiveName}.`);
  return checksum.toLowerCase();
}

async function openDownload(url: string, signal: AbortSignal): Promise<Readable> {
  const { body } = await request(url, signal);
  if (body === null) throw new Error(`${url} answered with nothing.`);
  return Readable.fromWeb(body);
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    throw new Error(`${url} could not be reached.`, { cause });
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response;
}

async function refuseOtherContent(file: string, expected: string, url: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) {
    throw new Error(
      `${url} has the checksum ${actual}, but ${expected} was published. It was not used; try again later.`,
    );
  }
}

function unpack(archive: string, program: string): string {
  const directory = dirname(archive);
  const { status, stderr, error } = spawnSync('tar', ['-xzf', archive, '-C', directory], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar could not unpack the release of ${program}: ${error?.message ?? stderr}`);
  const found = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .find((file) => basename(file) === program && isExecutableFile(file));
  if (found === undefined) throw new Error(`The release archive holds no program called ${program}.`);
  return found;
}
