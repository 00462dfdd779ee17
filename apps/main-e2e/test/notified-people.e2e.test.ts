import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findFreePort } from '@darkroom/testing';
import sharp from 'sharp';
import { SMTPServer } from 'smtp-server';
import { setUpNotifications } from './notification-stack.ts';
import { until } from './until.ts';

interface SlackMessage {
  text: string;
  blocks: { type: string; text: { text: string }; accessory?: { image_url: string; alt_text: string } }[];
}

interface ReceivedMail {
  to: string[];
  text: string;
}

const mails: ReceivedMail[] = [];
let mailPort = 0;
const mailServer = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
      done();
    });
  },
});

beforeAll(async () => {
  mailPort = await findFreePort();
  await new Promise<void>((resolve) => mailServer.listen(mailPort, '127.0.0.1', resolve));
  expect((mailServer.server.address() as AddressInfo).port).toBe(mailPort);
});
afterAll(() => new Promise<void>((resolve) => mailServer.close(() => resolve())));

const side = setUpNotifications(() => {
  const mail = { SMTP_URL: `smtp://127.0.0.1:${mailPort}`, NOTIFICATIONS_FROM: 'darkroom@example.org' };
  return { mainEnvironment: mail, workerEnvironment: mail };
});
const slackPath = '/services/T000/B000/a-secret-of-slack';

describe('people are told', () => {
  test('by Slack: a readable message, a link, and a thumbnail that Slack can fetch without a key', async () => {
    const slack = { url: `${side.receiver.origin}${slackPath}` };
    const prompt = 'a <b>lighthouse</b> & a boat';
    const { id } = await side.stack.submit({ prompt, more: { slack } });
    const [received] = await side.receiver.waitFor(slackPath, 1);
    const message = JSON.parse(received?.body ?? '') as SlackMessage;
    const [section] = message.blocks;

    expect(message.text).toBe('nanobanana2/text-to-image completed');
    expect(section?.text.text).toContain('a &lt;b&gt;lighthouse&lt;/b&gt; &amp; a boat');
    expect(section?.text.text).toContain(`<${side.stack.main.url}/v1/calls/${id}|The call>`);
    const picture = await fetch(section?.accessory?.image_url ?? '');
    const { format, width = 0, height = 0 } = await sharp(await picture.arrayBuffer()).metadata();
    expect([picture.headers.get('content-type'), format]).toEqual(['image/jpeg', 'jpeg']);
    expect(Math.max(width, height)).toBe(320);
  }, 120_000);

  test('the link to a thumbnail can neither be made up, nor changed to another artifact or a later time', async () => {
    const [received] = await side.receiver.waitFor(slackPath, 1);
    const message = JSON.parse(received?.body ?? '') as SlackMessage;
    const link = message.blocks[0]?.accessory?.image_url ?? '';
    const changed = [
      link.replace(/signature=.{4}/, 'signature=AAAA'),
      link.replace(/expires=\d+/, 'expires=99999999999'),
      link.replace(/account=default/, 'account=alpha'),
      link.replace(/\?.*/, ''),
      `${side.stack.main.url}/thumbnails/art_01k3x5c5jyfvhbqm6w8r9c4r3n${new URL(link).search}`,
    ];
    expect((await Promise.all(changed.map((url) => fetch(url)))).map(({ status }) => status)).toEqual(
      changed.map(() => 404),
    );
  });

  test('by e-mail, through a real mail server: plain text and HTML with a link', async () => {
    const { id } = await side.stack.submit({ prompt: 'write me', more: { email: 'ann@example.com' } });
    const mail = await until('the mail is there', async () => mails[0]);
    const [notification] = await side.notifications(`callId=${id}`);

    expect(mail.to).toEqual(['ann@example.com']);
    const text = mail.text.replaceAll('=\r\n', '');
    expect(text).toMatch(/^Subject: Darkroom: nanobanana2\/text-to-image completed\r$/m);
    expect(text).toContain(`Message-ID: <${notification?.id}@example.org>`);
    expect(text).toContain(`The call: ${side.stack.main.url}/v1/calls/${id}`);
    expect(text).toMatch(/<a href=3D"[^"]*">The call<\/a>/);
  }, 120_000);

  test("the account's own subscriptions tell of every call, beside those of the call itself", async () => {
    const slack = { url: `${side.receiver.origin}/services/T/B/own` };
    await side.json('/v1/account/notifications', { method: 'PUT', body: { slack }, account: 'beta' });
    const body = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'by default' } };
    const webhook = { url: `${side.receiver.origin}/beside` };
    await side.json('/v1/calls', { method: 'POST', body: { ...body, webhook }, account: 'beta' });
    await side.receiver.waitFor('/services/T/B/own', 1);
    await side.receiver.waitFor('/beside', 1);
    expect(await side.json('/v1/account/notifications', { account: 'beta' })).toEqual({
      slack: { url: `${side.receiver.origin}/service…` },
    });
  }, 120_000);

  test('[P6] the address of a Slack webhook is in no event, no log and no answer', async () => {
    const told = await Promise.all(
      ['/v1/events?limit=1000', '/v1/calls', '/v1/notifications?limit=100'].map(async (path) =>
        (await side.ask(path)).text(),
      ),
    );
    const logs = [side.stack.main.logs(), ...side.stack.workers.map((worker) => worker.logs())];
    expect([...told, ...logs].filter((text) => text.includes('a-secret-of-slack'))).toEqual([]);
    expect(logs[0]).toContain('notification delivered');
  });
});
