import { afterEach, expect, test } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { readAnew } from './read-anew.ts';

const queryClient = new QueryClient();
const stops: (() => void)[] = [];
afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  queryClient.clear();
});

/** Shows a query whose readings are answered by hand, and tells how many there were. */
function show(key: string): { readings: ((answer: string) => void)[] } {
  const readings: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => readings.push(resolve));
  stops.push(new QueryObserver(queryClient, { queryKey: [key], queryFn }).subscribe(() => undefined));
  return { readings };
}

test('a list whose first answer is still on its way is read once more after it', async () => {
  const { readings } = show('calls');
  const read = readAnew(queryClient);
  readings[0]?.('before the subscription');
  await new Promise(setImmediate);
  readings[1]?.('after its beginning');
  await read;

  expect(readings).toHaveLength(2);
  expect(queryClient.getQueryData(['calls'])).toBe('after its beginning');
});

test('what has been read is read again, and who is signed in is not asked', async () => {
  const [call, session] = [show('call'), show('session')];
  call.readings[0]?.('old');
  session.readings[0]?.('somebody');
  await new Promise(setImmediate);
  const read = readAnew(queryClient);
  await new Promise(setImmediate);
  call.readings[1]?.('new');
  await read;

  expect(queryClient.getQueryData(['call'])).toBe('new');
  expect(session.readings).toHaveLength(1);
});
