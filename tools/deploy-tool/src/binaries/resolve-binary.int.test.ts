import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BinaryDefinition } from './binary-definition.ts';
import { findOnPath } from './find-on-path.ts';
import { resolveBinary, type BinaryContext } from './resolve-binary.ts';

let directory: string;
let server: Server;
let downloads: string[];
let checksums: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'darkroom-binaries-'));
  downloads = [];
  const archive = packProgram('1.2.3');
  checksums = `${createHash('sha256').update(archive).digest('hex')}  lens_1.2.3.tar.gz\n`;
  server = createServer((request, response) => {
    downloads.push(request.url ?? '');
    response.end(request.url === '/checksums.txt' ? checksums : archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('where there is no Go', () => {
  test('the official release is downloaded, checked and kept', async () => {
    const path = await resolveBinary(lens(), context());
    expect(path).toBe(join(directory, 'cache/lens-1.2.3/lens'));
    expect(spawnSync(path, { encoding: 'utf8' }).stdout).toBe('lens 1.2.3\n');
    await resolveBinary(lens(), context());
    expect(downloads).toEqual(['/checksums.txt', '/lens_1.2.3.tar.gz']);
  });

  test('a release with another checksum is refused, and nothing of it stays', async () => {
    checksums = `${'0'.repeat(64)}  lens_1.2.3.tar.gz\n`;
    await expect(resolveBinary(lens(), context())).rejects.toThrow(
      /has the checksum [0-9a-f]{64}, but 0{64} was published/,
    );
    expect(existsSync(join(directory, 'cache/lens-1.2.3'))).toBe(false);
    expect(readdirSync(join(directory, 'cache'))).toEqual(['lens-1.2.3.lock']);
  });

  test('a release without a published checksum is refused', async () => {
    checksums = `${'0'.repeat(64)}  another.tar.gz\n`;
    await expect(resolveBinary(lens(), context())).rejects.toThrow('lists no checksum for lens_1.2.3.tar.gz');
  });

  test('two at the same time download it once', async () => {
    await Promise.all([resolveBinary(lens(), context()), resolveBinary(lens(), context())]);
    expect(downloads).toHaveLength(2);
  });

  test('a release that cannot be reached is told with every way out', async () => {
    server.close();
    server.closeAllConnections();
    const failure = resolveBinary(lens(), context());
    await expect(failure).rejects.toThrow(/could not be reached[^]*Go was not found[^]*install Go[^]*set LENS_PATH/);
  });
});

test('Go builds the pinned version where it is there, and a build that fails falls back on the release', async () => {
  const bin = join(directory, 'bin');
  writeScript(
    join(bin, 'go'),
    'echo "$@" >> "$GO_JOURNAL"; [ -z "$GO_FAILS" ] || exit 1; printf "#!/bin/sh\\necho built" > "$GOBIN/lens"; chmod +x "$GOBIN/lens"',
  );
  const environment = { PATH: `${bin}:/usr/bin:/bin`, GO_JOURNAL: join(directory, 'go.journal') };

  const failing = await resolveBinary(lens(), {
    ...context({ ...environment, GO_FAILS: '1' }),
    cacheDirectory: join(directory, 'other'),
  });
  expect([spawnSync(failing, { encoding: 'utf8' }).stdout, downloads.length]).toEqual(['lens 1.2.3\n', 2]);

  const built = await resolveBinary(lens(), context(environment));
  expect([spawnSync(built, { encoding: 'utf8' }).stdout, downloads.length]).toEqual(['built\n', 2]);
  expect(readFileSync(environment.GO_JOURNAL, 'utf8')).toContain('install -ldflags=-s -w example.com/lens@v1.2.3');
});

test('a build that is given up leaves no process and no file', async () => {
  const bin = join(directory, 'bin');
  writeScript(join(bin, 'go'), 'echo started > "$GO_JOURNAL"; sleep 60');
  const abort = new AbortController();
  const journal = join(directory, 'go.journal');
  const building = resolveBinary(lens(), {
    ...context({ PATH: `${bin}:/usr/bin:/bin`, GO_JOURNAL: journal }),
    abortSignal: abort.signal,
  });
  const outcome = expect(building).rejects.toThrow('enough');
  while (!existsSync(journal)) await new Promise((resolve) => setTimeout(resolve, 20));
  abort.abort(new Error('enough'));
  await outcome;
  expect(readdirSync(join(directory, 'cache')).filter((name) => !/lock|log/.test(name))).toEqual([]);
});

test('a build that was given up before it had begun is not waited for', async () => {
  const bin = join(directory, 'bin');
  writeScript(join(bin, 'go'), 'exec sleep 600');
  const givenUp = { ...context({ PATH: `${bin}:/usr/bin:/bin` }), abortSignal: AbortSignal.abort(new Error('enough')) };
  await expect(resolveBinary(lens(), givenUp)).rejects.toThrow('enough');
}, 50_000);

describe('a binary that is there already', () => {
  test('is taken from the path that a person names', async () => {
    const own = writeScript(join(directory, 'own'), 'true');
    expect(await resolveBinary(lens(), context({ LENS_PATH: own }))).toBe(own);
    await expect(resolveBinary(lens(), context({ LENS_PATH: `${own}-not` }))).rejects.toThrow('LENS_PATH names');
  });

  test('is taken from PATH where it is the pinned version, and neither an older nor a newer one is', async () => {
    const bin = join(directory, 'bin');
    const found = writeScript(join(bin, 'lens'), 'echo lens 1.2.3');
    const onPath = { PATH: `${bin}:/usr/bin:/bin` };
    expect(await resolveBinary(lens(), context(onPath))).toBe(found);
    for (const other of ['1.1.9', '1.2.4', '1.10.0']) {
      writeScript(found, `echo lens ${other}`);
      const cacheDirectory = join(directory, `cache-${other}`);
      expect(await resolveBinary(lens(), { ...context(onPath), cacheDirectory })).toBe(
        join(cacheDirectory, 'lens-1.2.3/lens'),
      );
    }
  });
});

function lens(): BinaryDefinition {
  const releases = `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port ?? 1}`;
  return {
    name: 'lens',
    version: '1.2.3',
    pathVariable: 'LENS_PATH',
    goPackage: 'example.com/lens',
    release: () => ({ archiveUrl: `${releases}/lens_1.2.3.tar.gz`, checksumsUrl: `${releases}/checksums.txt` }),
    versionCheck: { args: [], pattern: /lens (\S+)/ },
  };
}

function context(environment: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin' }): BinaryContext {
  expect(findOnPath('go', { PATH: '/usr/bin:/bin' })).toBeUndefined();
  return {
    environment,
    cacheDirectory: join(directory, 'cache'),
    reportProgress: () => undefined,
    abortSignal: new AbortController().signal,
  };
}

function packProgram(version: string): Buffer {
  const source = join(directory, 'release', `lens_${version}`);
  writeScript(join(source, 'lens'), `echo lens ${version}`);
  const archive = join(directory, 'lens.tar.gz');
  spawnSync('tar', ['-czf', archive, '-C', join(directory, 'release'), '.']);
  return readFileSync(archive);
}

function writeScript(path: string, body: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}
