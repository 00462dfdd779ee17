import { readdir, stat } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { pickClip } from '../src/clips/pick-clip.ts';
import { mp4Facts } from './mp4-facts.ts';

const folder = new URL('../assets/clips/', import.meta.url);
const numbers = [1, 2, 3, 4, 5, 6];

test.each(numbers)('clip %d is an H.264 MP4 of which the stated facts are true', async (number) => {
  const { video, width, height, durationSeconds, frameRate } = await pickClip(`clip ${number}`);
  const facts = mp4Facts(video.bytes);
  expect(facts).toMatchObject({ codec: 'avc1', width, height, durationSeconds, frameRate });
});

test.each(numbers)('the last frame of clip %d is a PNG of the size of the clip', async (number) => {
  const { lastFrame, width, height } = await pickClip(`clip ${number}`);
  expect(await sharp(lastFrame.bytes).metadata()).toMatchObject({ format: 'png', width, height });
});

test('some clips can be played while they arrive, and some have their index at the end', async () => {
  const clips = await Promise.all(numbers.map((number) => pickClip(`clip ${number}`)));
  const indexFirst = clips.map(({ video }) => {
    const { order } = mp4Facts(video.bytes);
    return order.indexOf('moov') < order.indexOf('mdat');
  });
  expect(new Set(indexFirst)).toEqual(new Set([true, false]));
});

test('there is a clip for each frame rate and shape, and all of them are small', async () => {
  const clips = await Promise.all(numbers.map((number) => pickClip(`clip ${number}`)));
  expect(new Set(clips.map(({ frameRate }) => frameRate))).toEqual(new Set([24, 25, 30]));
  expect(new Set(clips.map(({ width, height }) => width > height))).toEqual(new Set([true, false]));
  const files = await Promise.all((await readdir(folder)).map((name) => stat(new URL(name, folder))));
  expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(600_000);
});
