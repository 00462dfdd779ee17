import { describe, expect, test } from '@jest/globals';
import {
  afterHappening,
  type Channel,
  chooseChannels,
  type PollHappening,
  type PushHappening,
  startPush,
} from './channel-choice.ts';

const all: Channel[] = ['websocket', 'sse', 'polling'];
type Step = [channel: 'websocket' | 'sse', happening: PushHappening];

function choiceAfter(channels: Channel[], ...steps: Step[]) {
  const health = steps.reduce(
    (state, [channel, happening]) => afterHappening(state, channel, happening),
    startPush(channels),
  );
  return choice(health, channels, 'answered');
}

function choice(health: ReturnType<typeof startPush>, channels: Channel[], lastPoll: PollHappening) {
  const { inUse, running } = chooseChannels(health, channels.includes('polling') ? lastPoll : 'off');
  return { inUse, running: all.filter((channel) => running[channel]) };
}

const wsDown: Step = ['websocket', 'failed'];
const wsOpen: Step = ['websocket', 'opened'];
const wsLost: Step = ['websocket', 'lost'];
const sseDown: Step = ['sse', 'failed'];
const sseOpen: Step = ['sse', 'opened'];
const sseLost: Step = ['sse', 'lost'];

describe('falls back', () => {
  test('begins with a WebSocket alone', () => {
    expect(choiceAfter(all)).toEqual({ inUse: 'connecting', running: ['websocket'] });
    expect(choiceAfter(all, wsOpen)).toEqual({ inUse: 'websocket', running: ['websocket'] });
  });

  test('tries server-sent events where a WebSocket cannot be opened, and goes on trying the WebSocket', () => {
    expect(choiceAfter(all, wsDown)).toEqual({ inUse: 'connecting', running: ['websocket', 'sse'] });
    expect(choiceAfter(all, wsDown, sseOpen)).toEqual({ inUse: 'sse', running: ['websocket', 'sse'] });
  });

  test('polls where neither can be opened, and goes on trying both', () => {
    expect(choiceAfter(all, wsDown, sseDown)).toEqual({ inUse: 'polling', running: ['websocket', 'sse', 'polling'] });
  });

  test('gives a WebSocket that was lost one more chance before anything else', () => {
    expect(choiceAfter(all, wsOpen, wsLost)).toEqual({ inUse: 'connecting', running: ['websocket'] });
    expect(choiceAfter(all, wsOpen, wsLost, wsDown).running).toEqual(['websocket', 'sse']);
  });

  test('gives server-sent events the same chance', () => {
    expect(choiceAfter(all, wsDown, sseOpen, sseLost)).toEqual({ inUse: 'connecting', running: ['websocket', 'sse'] });
    expect(choiceAfter(all, wsDown, sseOpen, sseLost, sseDown).inUse).toBe('polling');
  });
});

test('says that there is no connection where no poll is answered either, and goes on trying all', () => {
  const down = [wsDown, sseDown].reduce((state, step) => afterHappening(state, ...step), startPush(all));

  expect(choice(down, all, 'unanswered')).toEqual({ inUse: 'away', running: all });
  expect(choice(afterHappening(down, ...wsOpen), all, 'unanswered')).toEqual({
    inUse: 'websocket',
    running: ['websocket'],
  });
});

describe('goes back', () => {
  test('from polling to server-sent events', () => {
    expect(choiceAfter(all, wsDown, sseDown, sseOpen)).toEqual({ inUse: 'sse', running: ['websocket', 'sse'] });
  });

  test('from polling and from server-sent events to the WebSocket, which then runs alone', () => {
    expect(choiceAfter(all, wsDown, sseDown, wsOpen)).toEqual({ inUse: 'websocket', running: ['websocket'] });
    expect(choiceAfter(all, wsDown, sseOpen, wsOpen)).toEqual({ inUse: 'websocket', running: ['websocket'] });
  });

  test('and falls back anew from there', () => {
    expect(choiceAfter(all, wsDown, sseDown, wsOpen, wsDown)).toEqual({
      inUse: 'connecting',
      running: ['websocket', 'sse'],
    });
  });
});

describe('uses nothing that it may not', () => {
  test.each<[string, Channel[], Channel[]]>([
    ['no WebSocket', ['sse', 'polling'], ['sse']],
    ['polling alone', ['polling'], ['polling']],
    ['no server-sent events', ['websocket', 'polling'], ['websocket']],
  ])('with %s', (_what, channels, running) => {
    expect(choiceAfter(channels).running).toEqual(running);
  });

  test('no polling, also where nothing else works', () => {
    expect(choiceAfter(['websocket', 'sse'], wsDown, sseDown)).toEqual({
      inUse: 'away',
      running: ['websocket', 'sse'],
    });
  });

  test('server-sent events stay off when a WebSocket opens and fails', () => {
    expect(choiceAfter(['websocket', 'polling'], wsOpen, wsDown).running).toEqual(['websocket', 'polling']);
  });
});
