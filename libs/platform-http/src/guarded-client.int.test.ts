import { describe, expect, test } from '@jest/globals';
import { client, serve } from '../test/guarded-exchange.ts';

// Long, so that a machine that stands still for some seconds fails no test.
const limits = { maxBytes: 1000, timeoutMs: 50_000 };

describe('names', () => {
  const resolvingTo = (...addresses: string[]) =>
    client({
      allowOrigins: [],
      resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
    });

  test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', 'fd00::1'])(
    'a name that resolves to %s is refused when the connection is made',
    async (address) => {
      const requests: string[] = [];
      const origin = await serve((request) => void requests.push(request.url ?? ''));
      const { port } = new URL(origin);
      await expect(resolvingTo(address).download(`http://rebind.example:${port}/`, limits)).rejects.toMatchObject({
        code: 'forbidden',
        message: 'rebind.example resolves to a private or reserved address',
      });
      expect(requests).toEqual([]);
    },
  );

  test('one private address among public ones spoils the name', async () => {
    await expect(
      resolvingTo('93.184.216.34', '127.0.0.1').download('http://mixed.example/', limits),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('a name is looked up again for the next download: what it pointed at before does not count', async () => {
    let address = '93.184.216.34';
    const turning = client({ allowOrigins: [], resolve: () => Promise.resolve([{ address, family: 4 }]) });
    address = '127.0.0.1';
    await expect(turning.download('http://turning.example/', limits)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a name that the resolver does not know is unreachable', async () => {
    const failing = client({
      allowOrigins: [],
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    await expect(failing.download('http://unknown.example/', limits)).rejects.toMatchObject({
      code: 'unreachable',
      message: 'unknown.example could not be read (ENOTFOUND)',
    });
  });
});

describe('redirects', () => {
  test('one to a private address is refused before a connection is made, in every spelling', async () => {
    for (const target of [
      'http://169.254.169.254/',
      'http://2130706433/',
      'http://0177.0.0.1/',
      'http://0x7f000001/',
      'http://127.1/',
      'http://[::ffff:7f00:1]/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'file:///etc/passwd',
      '//localhost/',
    ]) {
      const origin = await serve((_, response) => response.writeHead(302, { location: target }).end());
      await expect(client({ allowOrigins: [origin] }).download(`${origin}/a`, limits)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });

  test('one to a name is followed to public addresses only, also where the name has changed its mind since the last time', async () => {
    const origin = await serve((_, response) => response.writeHead(302, { location: 'http://turning.example/' }).end());
    const answers = ['127.0.0.1', '::ffff:10.0.0.1', '0.0.0.0'];
    const turning = client({
      allowOrigins: [origin],
      resolve: () => Promise.resolve([{ address: answers.shift() ?? '127.0.0.1', family: 4 }]),
    });
    while (answers.length > 0) {
      await expect(turning.download(`${origin}/a`, limits)).rejects.toMatchObject({
        code: 'forbidden',
        message: 'turning.example resolves to a private or reserved address',
      });
    }
    expect(answers).toEqual([]);
  });

  test('one to another private origin than the exempt one is refused', async () => {
    const secret = await serve((_, response) => response.end('secret'));
    const origin = await serve((_, response) => response.writeHead(307, { location: secret }).end());
    await expect(client({ allowOrigins: [origin] }).download(origin, limits)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('credentials stay with their origin', async () => {
    const seen: (string | undefined)[] = [];
    const second = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('ok');
    });
    const first = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(302, { location: request.url === '/1' ? '/2' : second }).end();
    });
    const download = await client({ allowOrigins: [first, second] }).download(`${first}/1`, {
      ...limits,
      headers: { authorization: 'Bearer secret' },
    });
    expect(seen).toEqual(['Bearer secret', 'Bearer secret', undefined]);
    expect(download.finalUrl).toBe(`${second}/`);
  });

  test('more than five are not followed', async () => {
    let requests = 0;
    const origin = await serve((_, response) => {
      requests += 1;
      response.writeHead(302, { location: `/${requests}` }).end();
    });
    await expect(client({ allowOrigins: [origin] }).download(origin, limits)).rejects.toMatchObject({
      code: 'too_many_redirects',
    });
    expect(requests).toBe(6);
  });
});

describe('limits', () => {
  test('a body that is too long is refused by its header, and while it is read where the header lies or is missing', async () => {
    const honest = await serve((_, response) =>
      response.writeHead(200, { 'content-length': '1001' }).end('x'.repeat(1001)),
    );
    const endless = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(100)), 1);
      response.on('close', () => clearInterval(timer));
    });
    for (const origin of [honest, endless]) {
      await expect(client({ allowOrigins: [origin] }).download(origin, limits)).rejects.toMatchObject({
        code: 'too_large',
      });
    }
  });

  test('a server that is too slow is given up', async () => {
    const origin = await serve((_, response) => response.writeHead(200).write('x'));
    await expect(
      client({ allowOrigins: [origin] }).download(origin, { ...limits, timeoutMs: 100 }),
    ).rejects.toMatchObject({
      code: 'timed_out',
    });
  });
});

test('a download gives the bytes, the type and the address', async () => {
  const origin = await serve((_, response) =>
    response.writeHead(200, { 'content-type': 'Image/PNG; q=1' }).end('bytes'),
  );
  expect(await client({ allowOrigins: [origin] }).download(`${origin}/a.png`, limits)).toEqual({
    bytes: Buffer.from('bytes'),
    contentType: 'image/png',
    finalUrl: `${origin}/a.png`,
  });
});

test('an answer that is no success has its status', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end('gone'));
  await expect(client({ allowOrigins: [origin] }).download(origin, limits)).rejects.toMatchObject({
    code: 'status',
    status: 404,
  });
});
