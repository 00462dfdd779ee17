import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@darkroom/contract';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLocalSpool } from './local-spool.ts';

let directory: string;
const address = { callId: createId('call'), attempt: 1 };
const bytes = Buffer.from('paid for');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'darkroom-spool-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the spool on the disk', () => {
  test('gives an answer to any process of the machine, until it is removed', async () => {
    const [mine, other] = [await openLocalSpool(directory), await openLocalSpool(directory)];
    await mine.write(address, bytes);
    expect(await other.read(address)).toEqual(bytes);
    expect(await other.read({ ...address, attempt: 2 })).toBeUndefined();
    await other.remove(address);
    expect(await mine.read(address)).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });

  test('a new answer takes the place of the one before', async () => {
    const spool = await openLocalSpool(directory);
    await spool.write(address, bytes);
    await spool.write(address, Buffer.from('with parts'));
    expect(String(await spool.read(address))).toBe('with parts');
  });

  test('lists what a process left that has ended, and nothing that is worked on', async () => {
    const spool = await openLocalSpool(directory);
    await spool.write(address, bytes);
    expect(await spool.listLeftBehind()).toEqual([]);
    const restarted = await openLocalSpool(directory);
    expect(await restarted.listLeftBehind()).toEqual([address]);
  });

  test('touching keeps an answer of another machine from being taken', async () => {
    const spool = await openLocalSpool(directory);
    await spool.write(address, bytes);
    const [name = ''] = await readdir(directory);
    const foreign = join(
      directory,
      name.replace(/\.[A-Za-z0-9-]+\.(\d+)\.([0-9a-f]+)\.answer$/, '.elsewhere.$1.$2.answer'),
    );
    await rename(join(directory, name), foreign);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(foreign, longAgo, longAgo);
    expect(await spool.listLeftBehind()).toEqual([address]);
    await spool.read(address);
    await spool.touch(address);
    expect(await spool.listLeftBehind()).toEqual([]);
  });

  test('has nothing half-written left: not of a write that failed, and not of a process that was killed', async () => {
    const spool = await openLocalSpool(directory);
    await spool.write(address, bytes);
    const [name = ''] = await readdir(directory);
    await spool.remove(address);
    await mkdir(join(directory, name, 'in the way'), { recursive: true });
    await expect(spool.write(address, bytes)).rejects.toThrow();
    expect(await readdir(directory)).toEqual([name]);
    await rm(join(directory, name), { recursive: true });

    const host = hostname().replaceAll(/[^A-Za-z0-9-]/g, '-');
    const halfWritten = (pid: number) => `${address.callId}.1.${host}.${pid}.0123456789ab.answer.writing`;
    const { pid: ended } = spawnSync('true');
    for (const pid of [ended, process.ppid]) await writeFile(join(directory, halfWritten(pid)), 'half');
    await openLocalSpool(directory);
    expect(await readdir(directory)).toEqual([halfWritten(process.ppid)]);
  });

  test('keeps an answer of which nothing could be made beside the spool, however old it is: nothing is deleted unless configured', async () => {
    const spool = await openLocalSpool(directory);
    await spool.write(address, bytes);
    await spool.setAside(address, bytes);
    const unusable = join(directory, 'unusable');
    expect(await readdir(directory)).toEqual(['unusable']);
    const [name = ''] = await readdir(unusable);
    const longAgo = new Date(0);
    await utimes(join(unusable, name), longAgo, longAgo);

    const restarted = await openLocalSpool(directory);
    expect(await restarted.listLeftBehind()).toEqual([]);
    expect(await restarted.read(address)).toBeUndefined();
    expect(await readFile(join(unusable, name))).toEqual(bytes);
  });

  test('goes on where its directory was deleted', async () => {
    const spool = await openLocalSpool(directory);
    await rm(directory, { recursive: true });
    expect(await spool.read(address)).toBeUndefined();
    expect(await spool.listLeftBehind()).toEqual([]);
    await spool.write(address, bytes);
    expect(await spool.read(address)).toEqual(bytes);
  });
});
