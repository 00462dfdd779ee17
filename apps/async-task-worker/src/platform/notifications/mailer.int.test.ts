import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailer, type PreparedMail } from './mailer.ts';

const mail: PreparedMail = {
  kind: 'mail',
  to: 'ann@example.com',
  subject: 'Darkroom: nanobanana2/text-to-image completed',
  text: 'It is there.\n',
  html: '<p>It is there.</p>',
};
const stops: (() => Promise<unknown>)[] = [];

afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

interface ReceivedMail {
  from: string;
  to: string[];
  text: string;
}

/** A real mail server. What it refuses is up to the test. */
async function startMailServer(options: SMTPServerOptions = {}): Promise<{ url: string; received: ReceivedMail[] }> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received };
}

const send = (smtpUrl: string, more: Partial<PreparedMail> = {}) =>
  createMailer({ smtpUrl, from: 'darkroom@example.org' })?.send({ ...mail, ...more }, 'ntf_1');

const drip = (socket: Socket, piece: string) => {
  const timer = setInterval(() => socket.write(piece), 10);
  socket.on('close', () => clearInterval(timer));
};
const refusing = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('an e-mail', () => {
  test('arrives at a mail server as plain text and HTML, and a repeat has the same Message-ID', async () => {
    const { url, received } = await startMailServer();
    expect(await send(url)).toEqual({ kind: 'delivered' });
    await send(url);

    expect(received).toHaveLength(2);
    for (const { from, to, text } of received) {
      expect([from, to]).toEqual(['darkroom@example.org', ['ann@example.com']]);
      expect(text).toMatch(/^Message-ID: <ntf_1@example\.org>\r$/im);
      expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/im);
      expect(text).toMatch(/^Content-Type: multipart\/alternative/im);
      expect(text).toContain('It is there.');
      expect(text).toContain('<p>It is there.</p>');
    }
  });

  test('gets no header from what users write', async () => {
    const { url, received } = await startMailServer();
    await send(url, { subject: 'a\r\nBcc: eve@example.com\r\n\r\nhello', text: '.\r\n.\r\nRCPT TO:<eve@example.com>' });
    expect(received).toMatchObject([{ to: ['ann@example.com'] }]);
    const [head = ''] = received[0]?.text.split('\r\n\r\n') ?? [];
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^Subject: a Bcc: eve@example\.com/im);
  });

  test.each(['ann@example.com\r\nRCPT TO:<eve@example.com>', 'ann@example.com, eve@example.com'])(
    'goes to nobody but one recipient: %j',
    async (to) => {
      const { url, received } = await startMailServer();
      await send(url, { to });
      expect(received.flatMap((one) => one.to)).not.toContain('eve@example.com');
    },
  );

  test('is given up where the server refuses the recipient for good, and tried again where it asks for it', async () => {
    const forGood = await startMailServer({ onRcptTo: (_address, _session, done) => done(refusing(550)) });
    const forNow = await startMailServer({ onRcptTo: (_address, _session, done) => done(refusing(451)) });
    expect(await send(forGood.url)).toEqual({ kind: 'refused', status: 550, reason: 'The mail server answered 550.' });
    expect(await send(forNow.url)).toEqual({ kind: 'failed', status: 451, reason: 'The mail server answered 451.' });
  });

  test('is given up where the server refuses what it says, and tried again where it refuses who sends it', async () => {
    const spam = await startMailServer({
      onData: (stream, _session, done) => stream.resume().on('end', () => done(refusing(554))),
    });
    const sender = await startMailServer({ onMailFrom: (_address, _session, done) => done(refusing(550)) });
    expect(await send(spam.url)).toMatchObject({ kind: 'refused', status: 554 });
    expect(await send(sender.url)).toMatchObject({ kind: 'failed', status: 550 });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['greets without end', (socket) => void drip(socket, '220-mail.example\r\n')],
    ['says one byte after another', (socket) => void drip(socket, '2')],
    ['greets and says no more', (socket) => socket.write('220 mail.example\r\n')],
  ])('is given up for now where the server %s', async (_what, serve) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => socket.destroy()));
      serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    const smtpUrl = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const mailer = createMailer({ smtpUrl, from: 'darkroom@example.org', wholeMs: 300 });
    expect(await mailer?.send(mail, 'ntf_1')).toEqual({
      kind: 'failed',
      reason: 'The mail server could not be used (EABORT).',
    });
  });

  test('is tried again where nobody listens, without naming the server and its password', async () => {
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const result = await send(`smtp://user:a-password@127.0.0.1:${port}`);
    expect(result).toMatchObject({ kind: 'failed' });
    expect(JSON.stringify(result)).not.toMatch(/a-password|127\.0\.0\.1/);
  });

  test('a wrong password is the fault of the operator: the recipient is not given up', async () => {
    const { url } = await startMailServer({
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(refusing(535)),
    });
    expect(await send(url.replace('smtp://', 'smtp://user:wrong@'))).toMatchObject({ kind: 'failed', status: 535 });
  });
});
