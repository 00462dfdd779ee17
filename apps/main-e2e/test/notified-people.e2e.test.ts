import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Batch } from '@darkroom/contract';
import { findFreePort, until } from '@darkroom/testing';
import sharp from 'sharp';
import { SMTPServer } from 'smtp-server';
import { clickElsewhere } from './click-elsewhere.ts';
import { setUpNotifications } from './notification-stack.ts';
import { type NotificationsGuide, openNotificationsGuide } from './notifications-guide.ts';

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
let guide: NotificationsGuide;
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
  guide = await openNotificationsGuide();
  mailPort = await findFreePort();
  await new Promise<void>((resolve) => mailServer.listen(mailPort, '127.0.0.1', resolve));
  expect((mailServer.server.address() as AddressInfo).port).toBe(mailPort);
});
afterAll(async () => {
  await guide.close();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
});

const side = setUpNotifications(() => {
  const mail = { SMTP_URL: `smtp://127.0.0.1:${mailPort}`, NOTIFICATIONS_FROM: 'darkroom@example.org' };
  return { mainEnvironment: mail, workerEnvironment: mail, allowOrigins: [guide.origin] };
});
/** The built page, which reads by itself what its address names. */
const shownPage = { status: 200, contentType: 'text/html; charset=utf-8', text: expect.stringContaining('id="root"') };
const slackPath = '/services/T000/B000/a-secret-of-slack';

describe('people are told', () => {
  test('by Slack: a readable message, a link to the page that shows the call, and a thumbnail that Slack can fetch without a key', async () => {
    const slack = { url: `${side.receiver.origin}${slackPath}` };
    side.receiver.answer(slackPath, { status: 500 }, { status: 200 });
    const prompt = 'a <b>lighthouse</b> & a boat';
    const { id } = await side.stack.submit({ prompt, more: { slack } });
    const [refused, received] = await side.receiver.waitFor(slackPath, 2);
    const message = JSON.parse(received?.body ?? '') as SlackMessage;
    const [section] = message.blocks;
    const told = message.blocks.map(({ text }) => text.text).join('\n');

    expect(message.text).toBe('nanobanana2/text-to-image completed');
    expect(JSON.parse(refused?.body ?? '')).toMatchObject({ text: message.text });
    expect(told).toContain('a &lt;b&gt;lighthouse&lt;/b&gt; &amp; a boat');
    const links = [...told.matchAll(/<(http[^|>]*)\|([^>]*)>/g)].map(([, url, label]) => [label, url]);
    expect(links).toEqual([['The call', `${side.stack.main.url}/calls/${id}`]]);
    expect(await clickElsewhere(links[0]?.[1] ?? '')).toEqual(shownPage);
    const picture = await fetch(section?.accessory?.image_url ?? '');
    const { format, width = 0, height = 0 } = await sharp(await picture.arrayBuffer()).metadata();
    expect([picture.headers.get('content-type'), format]).toEqual(['image/jpeg', 'jpeg']);
    expect(Math.min(width, height)).toBe(640);
  });

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

  test('by e-mail, through a real mail server: plain text and HTML with a link to the page', async () => {
    const { id } = await side.stack.submit({ prompt: 'write me', more: { email: 'ann@example.com' } });
    const mail = await until('the mail is there', async () => mails[0]);
    const [notification] = await side.notifications(`callId=${id}`);

    expect(mail.to).toEqual(['ann@example.com']);
    const text = mail.text.replaceAll('=\r\n', '');
    expect(text).toMatch(/^Subject: Darkroom: nanobanana2\/text-to-image completed\r$/m);
    expect(text).toContain(`Message-ID: <${notification?.id}@example.org>`);
    const link = /^The call: (\S+)\r$/m.exec(text)?.[1];
    expect(link).toBe(`${side.stack.main.url}/calls/${id}`);
    expect(text).toContain(`<a href=3D"${link}">The call</a>`);
    expect(text).not.toContain('/v1/');
    expect(await clickElsewhere(link ?? '')).toEqual(shownPage);
  });

  test('of the end of a batch, by e-mail and by Slack: one of each, with its counts, and none of its calls', async () => {
    const [to, path] = ['batches@example.com', '/services/T/B/batch'];
    const call = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'one of two' } };
    const body = { calls: [call, call], email: to, slack: { url: `${side.receiver.origin}${path}` } };
    const { id } = await side.json<Batch>('/v1/batches', { method: 'POST', body });
    const made = await until('both are delivered', async () => {
      const all = await side.notifications(`batchId=${id}`);
      return all.length >= 2 && all.every(({ status }) => status === 'delivered') && all;
    });

    expect(made.map(({ channel, event }) => `${channel} ${event.type}`).sort()).toEqual([
      'email batch.completed',
      'slack batch.completed',
    ]);
    const [mail, ...moreMails] = mails.filter((one) => one.to.includes(to));
    const [post, ...morePosts] = side.receiver.at(path);
    expect([moreMails, morePosts]).toEqual([[], []]);
    const [text = '', message = ''] = [mail?.text.replaceAll('=\r\n', ''), post?.body];
    expect(text).toMatch(new RegExp(`^Subject: Darkroom: Batch ${id} completed\r$`, 'm'));
    const link = `${side.stack.main.url}/batches/${id}`;
    expect(text).toContain(`The batch: ${link}\r`);
    expect(JSON.parse(message)).toMatchObject({ text: `Batch ${id} completed` });
    expect(message).toContain(`<${link}|The batch>`);
    expect(await clickElsewhere(link)).toEqual(shownPage);
    for (const told of [text, message]) expect(told).toContain('Calls: 2 total, 2 completed');
  });

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
  });

  test('[P6] the address of a Slack webhook is in no event, no log and no answer', async () => {
    const told = await Promise.all(
      ['/v1/events?limit=1000', '/v1/calls', '/v1/notifications?limit=100'].map(async (path) =>
        (await side.ask(path)).text(),
      ),
    );
    const logs = [side.stack.main.logs(), ...side.stack.workers.map((worker) => worker.logs())];
    expect([...told, ...logs].filter((text) => text.includes('a-secret-of-slack'))).toEqual([]);
    expect(logs[0]).toContain('notification delivered');
    expect(logs[0]).toContain('notification not delivered: it is tried again');
  });
});

test('each curl of the guide works, and its receiver verifies what comes and prints it once', async () => {
  const { url } = side.stack.main;
  await guide.execute(guide.secretCommand, url);
  await guide.startReceiver();
  for (const command of guide.otherCommands) {
    const answer = await guide.execute(command, url);
    expect(`${command} → ${answer}`).not.toContain('urn:darkroom:problem');
    // What follows asks for its notification.
    if (command.includes('-o call.json'))
      await until('the call has ended', () => Promise.resolve(guide.printed() !== ''));
  }

  const { items } = (await guide.readJson('notifications.json')) as { items: { id: string }[] };
  const isResent = ({ attempts }: { attempts: unknown[] }) => attempts.length === 2;
  await side.untilNotification(items[0]?.id ?? '', isResent);
  expect(guide.printed()).toMatch(/^\d+ call\.completed completed\n$/);
});
