import type { AccountEvent, Call } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { mailMessage } from './mail-message.ts';
import { slackMessage } from './slack-message.ts';
import { tellEvent } from './tell-event.ts';
import { webhookBody } from './webhook-body.ts';

const call = (more: Partial<Call> = {}): Call => ({
  id: 'call_1',
  status: 'completed',
  callSequence: 3,
  integration: 'nanobanana2',
  operation: 'text-to-image',
  input: { prompt: 'a lighthouse' },
  output: {
    images: [{ artifactId: 'art_1', contentType: 'image/png', url: 'https://d.example/v1/artifacts/art_1/download' }],
  },
  progress: { completedSteps: [] },
  workflowId: 'call_1',
  submissions: { claimed: 1, accepted: 1, refused: 0, unknown: 0 },
  simulated: false,
  metadata: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  urls: { self: 'https://d.example/v1/calls/call_1', events: 'https://d.example/v1/calls/call_1/events' },
  ...more,
});
const completed = {
  sequence: 7,
  callSequence: 3,
  callId: 'call_1',
  type: 'call.completed',
  status: 'completed',
  data: { output: {} },
  createdAt: '2026-01-01T00:00:01.000Z',
} as AccountEvent;
const ofBatch = {
  sequence: 9,
  batchId: 'bat_1',
  type: 'batch.completed',
  status: 'completed',
  data: { calls: { total: 3, pending: 0, processing: 0, completed: 2, failed: 1, cancelled: 0 } },
  createdAt: completed.createdAt,
} as AccountEvent;
const hostile = '<!channel> <b onclick="x()">&\r\nBcc: you@example.com';
const withPage = { baseUrl: 'https://d.example', hasPage: true };
const withoutPage = { baseUrl: 'https://d.example', hasPage: false };
const told = (prompt: string) => tellEvent(completed, { call: call({ input: { prompt } }) }, withPage);

describe('the body of a webhook', () => {
  test('is `{ type, timestamp, data }`, with the event, its sequence, and the call', () => {
    expect(JSON.parse(webhookBody(completed, { call: call() }))).toEqual({
      type: 'call.completed',
      timestamp: completed.createdAt,
      data: { ...completed, call: call() },
    });
  });

  test('leaves inputs and outputs that are too large where they can be fetched, and says so', () => {
    const large = call({ input: { prompt: 'a'.repeat(300_000) } });
    const body = webhookBody({ ...completed, data: { output: { text: 'a'.repeat(300_000) } } }, { call: large });
    expect(body.length).toBeLessThan(4_000);
    const { data } = JSON.parse(body) as { data: Record<string, unknown> & { call: Call } };
    expect(data).toMatchObject({ sequence: 7, data: {}, call: { id: 'call_1', urls: large.urls } });
    expect(data.call).not.toHaveProperty('input');
    expect(data['omitted']).toMatch(/urls\.self/);
  });
});

describe('a message to Slack', () => {
  test('is readable, with a link and a thumbnail', () => {
    const message: unknown = JSON.parse(slackMessage(told('a lighthouse'), 'https://d.example/thumbnails/art_1?x=1'));
    expect(message).toMatchObject({
      text: 'nanobanana2/text-to-image completed',
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn' },
          accessory: { type: 'image', image_url: 'https://d.example/thumbnails/art_1?x=1', alt_text: 'a lighthouse' },
        },
        { type: 'section', text: { type: 'mrkdwn' } },
      ],
    });
    expect(JSON.stringify(message)).toContain('<https://d.example/calls/call_1|The call>');
  });

  test('has no section that Slack would refuse for its length, whatever there is to tell', () => {
    const error = { code: 'content_rejected', message: '<'.repeat(2_000), retryable: false } as const;
    const image = { artifactId: 'art_1', contentType: 'image/png', url: `https://d.example/${'a'.repeat(500)}` };
    const much = call({ input: { prompt: '&'.repeat(2_000) }, error, output: { images: Array(12).fill(image) } });
    const message = slackMessage(tellEvent(completed, { call: much }, withoutPage), undefined);
    const { blocks } = JSON.parse(message) as { blocks: { text: { text: string } }[] };
    expect(Math.max(...blocks.map(({ text }) => text.text.length))).toBeLessThanOrEqual(3_000);
    expect(blocks.at(-1)?.text.text).toMatch(/^<https:\/\/d\.example\/v1\/calls\/call_1\|The call> · <.*>$/);
  });

  test('calls no channel and makes no link of what a user wrote', () => {
    const text = slackMessage(told(hostile), undefined);
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).toContain('&amp;');
    expect(text).not.toContain('<!channel>');
    expect(text).not.toContain('accessory');
  });
});

describe('an e-mail', () => {
  test('is plain text and simple HTML, with a link', () => {
    const { subject, text, html } = mailMessage(told('a lighthouse'), undefined);
    expect(subject).toBe('Darkroom: nanobanana2/text-to-image completed');
    expect(text).toContain('The call: https://d.example/calls/call_1');
    expect(html).toContain('<a href="https://d.example/calls/call_1">The call</a>');
  });

  test('escapes what a user wrote, and has none of it in its subject', () => {
    const { subject, html } = mailMessage(told(hostile), undefined);
    expect(html).toContain('&lt;b onclick=&quot;x()&quot;&gt;');
    expect(html).not.toContain('<b ');
    expect(subject).not.toMatch(/Bcc|[\r\n]/);
  });
});

describe('the links', () => {
  const files = 'https://d.example/v1/artifacts/art_1/download';
  test.each([
    ['to the page, which has the files too', withPage, ['https://d.example/calls/call_1']],
    ['to the API where no page is served', withoutPage, [call().urls.self, files]],
  ])('of a call lead %s', (_name, place, urls) => {
    expect(tellEvent(completed, { call: call() }, place).links.map(({ url }) => url)).toEqual(urls);
  });

  test.each([
    ['to the page', withPage, 'https://d.example/batches/bat_1'],
    ['to the API where no page is served', withoutPage, 'https://d.example/v1/batches/bat_1'],
  ])('of a batch lead %s', (_name, place, url) => {
    expect(tellEvent(ofBatch, {}, place).links).toEqual([{ label: 'The batch', url }]);
  });
});

test('says why a call failed, and what a batch has come to', () => {
  const error = { code: 'content_rejected', message: 'Change the prompt.', retryable: false } as const;
  const failed = { ...completed, type: 'call.failed' } as AccountEvent;
  expect(
    tellEvent(failed, { call: call({ status: 'failed', error, output: undefined } as never) }, withPage),
  ).toMatchObject({
    title: 'nanobanana2/text-to-image failed',
    lines: ['content_rejected: Change the prompt.'],
  });
  expect(tellEvent(ofBatch, {}, withPage)).toMatchObject({
    title: 'Batch bat_1 completed',
    lines: ['Calls: 3 total, 2 completed, 1 failed'],
  });
});
