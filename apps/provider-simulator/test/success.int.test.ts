import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyDialect, example } from './dialect-client.ts';
import { sizeOf } from './image-facts.ts';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

describe.each(everyDialect)('$name', (dialect) => {
  test('answers a prompt with an image that can be decoded, and counts one submission', async () => {
    const prompt = `an image by ${dialect.name}`;
    const response = await dialect.ask(simulator.origin, prompt);
    expect(response.status).toBe(200);
    const image = dialect.imageIn(await response.json());
    expect((await sizeOf(image)).format).toBe(dialect.format);
    const { accepted, items } = await simulator.submissions(prompt);
    expect(accepted).toBe(1);
    expect(items[0]).toMatchObject({ provider: dialect.name, prompt, outcome: 'answered', accepted: true });
  });

  test('draws the same bytes for the same prompt, and others for another', async () => {
    const ask = async (prompt: string) => dialect.imageIn(await (await dialect.ask(simulator.origin, prompt)).json());
    const [first, again, other] = [await ask('a fox'), await ask('a fox'), await ask('a wolf')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('answers in the image format that a plan asks for', async () => {
    await simulator.plan({ match: `jpeg by ${dialect.name}`, imageFormat: 'jpeg' });
    const response = await dialect.ask(simulator.origin, `jpeg by ${dialect.name}`);
    expect((await sizeOf(dialect.imageIn(await response.json()))).format).toBe('jpeg');
  });

  test('answers the fixed image to every prompt where a plan says so', async () => {
    await simulator.plan({ match: 'bench', fixedImage: true });
    const answers = await Promise.all(['bench 1', 'bench 2'].map((prompt) => dialect.ask(simulator.origin, prompt)));
    const [one, two] = await Promise.all(answers.map(async (answer) => dialect.imageIn(await answer.json())));
    expect(one).toBeDefined();
    expect(two).toBe(one);
  });
});

test('the example provider answers an id and the image in the size that was asked for', async () => {
  const answer = await (await example.ask(simulator.origin, 'a small picture')).json();
  expect(answer).toEqual({ id: expect.stringMatching(/^img_/), image: expect.any(String) });
  expect(await sizeOf(example.imageIn(answer))).toMatchObject({ width: 320, height: 200 });
});
