import { expect, test } from '@jest/globals';
import { hindranceOf } from './submit-hindrance.ts';

const fields = [{ name: 'prompt' }, { name: 'firstFrame' }];
const firstFrame = (state: 'uploading' | 'stored' | 'stopped') => ({ state, field: { name: 'firstFrame' } });

test('nothing stands against what is complete', () => {
  expect(hindranceOf({ fields, faults: {}, pending: [] })).toBeUndefined();
});

test('a file on its way is waited for', () => {
  expect(hindranceOf({ fields, faults: {}, pending: [firstFrame('uploading')] })).toBe('upload');
  expect(hindranceOf({ fields, faults: {}, pending: [firstFrame('stored')] })).toBe('upload');
});

test('no video is paid for without the first frame whose upload has failed', () => {
  expect(hindranceOf({ fields, faults: {}, pending: [firstFrame('stopped')] })).toBe('fault');
});

test('a fault has to be mended', () => {
  const faults = { prompt: { code: 'required' as const } };

  expect(hindranceOf({ fields, faults, pending: [] })).toBe('fault');
  expect(hindranceOf({ fields, faults, pending: [firstFrame('uploading')] })).toBe('upload');
});

test('a file for a field that the operation does not have stands against nothing', () => {
  const pending = [{ state: 'stopped' as const, field: { name: 'images' } }];

  expect(hindranceOf({ fields, faults: {}, pending })).toBeUndefined();
});
