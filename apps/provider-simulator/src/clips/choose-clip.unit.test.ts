import { expect, test } from '@jest/globals';
import { chooseClip } from './choose-clip.ts';

const clips = [
  { number: 1, width: 640, height: 360, durationSeconds: 5, frameRate: 24 },
  { number: 2, width: 360, height: 640, durationSeconds: 4, frameRate: 30 },
  { number: 3, width: 320, height: 180, durationSeconds: 1, frameRate: 25 },
  { number: 4, width: 270, height: 480, durationSeconds: 2, frameRate: 24 },
  { number: 5, width: 1280, height: 720, durationSeconds: 3, frameRate: 30 },
];
const choose = (prompt: string, wanted = {}) => chooseClip(clips, prompt, wanted).number;

test('takes the clip whose number the prompt names', () => {
  expect(choose('clip 3 of a portrait')).toBe(3);
});

test('follows the words of the prompt before the wanted shape and length', () => {
  expect(choose('a long portrait', { width: 1280, height: 720, seconds: 2 })).toBe(2);
  expect(choose('a short landscape')).toBe(3);
  expect(choose('short and vertical')).toBe(4);
});

test('comes nearest to the wanted shape and length where the prompt says nothing', () => {
  expect(choose('a fox', { width: 720, height: 1280 })).toBe(choose('a fox', { width: 9, height: 16 }));
  const chosenFor = (wanted: object) =>
    new Set(Array.from({ length: 20 }, (_, index) => choose(`fox ${index}`, wanted)));
  expect(chosenFor({ width: 1280, height: 720, seconds: 8 })).toEqual(new Set([1, 5]));
  expect(chosenFor({ width: 1280, height: 720, seconds: 1 })).toEqual(new Set([3, 5]));
});

test('gives the same prompt the same clip, and different prompts different ones', () => {
  const prompts = Array.from({ length: 20 }, (_, index) => `prompt ${index}`);
  const chosen = prompts.map((prompt) => choose(prompt));
  expect(prompts.map((prompt) => choose(prompt))).toEqual(chosen);
  expect(new Set(chosen).size).toBe(clips.length);
});
