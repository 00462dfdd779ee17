import { expect, test } from '@jest/globals';
import { storeAnsweredBy } from '../test/store-answered-by.ts';

// versitygw answers 404 to the second of two who delete an object at the same time: retention and who draws a thumbnail meanwhile, or two
// executions of the same step of retention. That failed.

/** What deleting an object answers where a 404 comes with this. */
async function deleteAnsweredWith(body: string) {
  const store = await storeAnsweredBy((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/xml' }).end(body);
  });
  return store.delete('results/a/1-0.png');
}

test('an object that somebody else is just deleting is deleted', async () => {
  expect(await deleteAnsweredWith('<Error><Code>NoSuchKey</Code></Error>')).toBeUndefined();
});

test.each([
  ['a bucket that is missing', '<Error><Code>NoSuchBucket</Code></Error>'],
  ['who is no store', '<html><body>Not found</body></html>'],
])('to delete from %s fails', async (_from, body) => {
  await expect(deleteAnsweredWith(body)).rejects.toMatchObject({ code: 'not_found' });
});
