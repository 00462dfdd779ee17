import { describe, expect, test } from '@jest/globals';
import { toFormModel } from '../create/form-model.ts';
import { checkBatch } from './check-batch.ts';
import { looksLikeTable } from './check-lines.ts';

const model = toFormModel({
  type: 'object',
  required: ['prompt'],
  properties: {
    prompt: { type: 'string', maxLength: 30 },
    aspectRatio: { type: 'string', enum: ['1:1', '16:9'] },
    count: { type: 'integer', minimum: 1, maximum: 4 },
    images: {
      type: 'array',
      items: { anyOf: [{ type: 'string' }, { type: 'object', properties: { uploadId: { type: 'string' } } }] },
      maxItems: 2,
    },
  },
});

describe('prompts', () => {
  test('each line is a call; empty lines are none, and the numbers are those of the text', () => {
    const { kind, lines } = checkBatch({ text: 'a fox\n\n  an owl  \r\n' }, model);

    expect(kind).toBe('prompts');
    expect(lines).toMatchObject([
      { line: 1, input: { prompt: 'a fox' }, faults: {} },
      { line: 3, input: { prompt: 'an owl' }, faults: {} },
    ]);
  });

  test('a line that is too long is told by its number', () => {
    const { lines } = checkBatch({ text: `a fox\n${'x'.repeat(31)}` }, model);

    expect(lines[1]).toMatchObject({ line: 2, faults: { prompt: { code: 'too_long', most: 30, length: 31 } } });
  });
});

describe('a table', () => {
  test('is known by its header', () => {
    expect(looksLikeTable('prompt,aspectRatio\na,1:1')).toBe(true);
    expect(looksLikeTable('Prompt;count\na;1')).toBe(true);
    expect(looksLikeTable('prompt\na fox')).toBe(true);
    expect(looksLikeTable('a prompt, and more\nanother')).toBe(false);
    expect(looksLikeTable('prompt')).toBe(false);
  });

  test('is read with quotes, other separators, other spellings of the names, and line breaks in a cell', () => {
    const { kind, lines } = checkBatch(
      { text: 'Prompt;Aspect Ratio;COUNT\n"a ""red""; fox\nin snow";16:9;2\n' },
      model,
    );

    expect(kind).toBe('csv');
    expect(lines).toMatchObject([
      { line: 2, input: { prompt: 'a "red"; fox\nin snow', aspectRatio: '16:9', count: 2 }, faults: {} },
    ]);
  });

  test('tells each fault with its line and its column', () => {
    const { lines } = checkBatch({ text: 'prompt,aspectRatio,count\n,1:1,1\na,2:1,1\nb,1:1,9\nc,,\n' }, model);

    expect(lines.map(({ line, faults }) => [line, faults])).toEqual([
      [2, { prompt: { code: 'required' } }],
      [3, { aspectRatio: { code: 'not_a_choice', options: ['1:1', '16:9'] } }],
      [4, { count: { code: 'too_large', max: 4 } }],
      [5, {}],
    ]);
  });

  test('names the columns that the operation does not know', () => {
    expect(checkBatch({ text: 'prompt,colour\na,red\n' }, model).unknownColumns).toEqual(['colour']);
  });

  test('takes addresses of images, several in a cell', () => {
    const { lines } = checkBatch(
      { text: 'prompt,images\na,https://example.org/1.png | https://example.org/2.png\n' },
      model,
    );

    expect(lines[0]?.input['images']).toEqual(['https://example.org/1.png', 'https://example.org/2.png']);
  });

  test('with a quote that never ends is not guessed at', () => {
    expect(checkBatch({ text: 'prompt,count\n"a fox,1\n' }, model)).toMatchObject({
      kind: 'unreadable',
      fault: { code: 'quotes' },
      lines: [],
    });
  });

  test('with more cells than the header sends no half of a prompt', () => {
    const { lines } = checkBatch({ text: 'prompt\na fox, in snow\nan owl\n,,\n' }, model);
    const wide = checkBatch({ text: 'prompt,count\na,1,,\nb,1,2\n' }, model);

    expect(lines.map(({ faults }) => faults)).toEqual([{ prompt: { code: 'extra_cells', count: 1 } }, {}]);
    expect(wide.lines.map(({ faults }) => faults)).toEqual([{}, { prompt: { code: 'extra_cells', count: 1 } }]);
  });

  test('tells of a setting that the chosen variant does not have', () => {
    const variants = toFormModel({
      oneOf: [
        { properties: { model: { const: 'small' }, prompt: { type: 'string' } }, required: ['prompt'] },
        {
          properties: { model: { const: 'large' }, prompt: { type: 'string' }, seed: { type: 'integer' } },
          required: ['prompt', 'model'],
        },
      ],
    });
    const { lines } = checkBatch({ text: 'prompt,model,seed\na,large,7\nb,small,7\nc,small,\n' }, variants);

    expect(lines.map(({ faults }) => faults)).toEqual([{}, { seed: { code: 'unknown_field' } }, {}]);
  });

  test('in a file without a column for the prompt is not read as prompts', () => {
    const text = 'text,aspectRatio\na fox,1:1\n';

    expect(checkBatch({ text, fileName: 'animals.CSV' }, model)).toMatchObject({
      kind: 'unreadable',
      fault: { code: 'no_prompt_column' },
    });
    expect(checkBatch({ text: 'prompt\n', fileName: 'animals.csv' }, model)).toMatchObject({ kind: 'csv', lines: [] });
    expect(checkBatch({ text, fileName: 'animals.txt' }, model)).toMatchObject({ kind: 'prompts' });
  });
});
