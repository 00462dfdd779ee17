import { describe, expect, test } from '@jest/globals';
import type { Integration } from '@darkroom/contract';
import { aCall } from '../../test/call-builders.ts';
import { addResult, choiceOf, choose, editResult, openForFiles, putFile, settingsOf } from './draft-changes.ts';
import { type Draft, emptyDraft, losesValues, readDraft } from './draft.ts';
import { fieldsFor, type MediaField, toFormModel } from './form-model.ts';
import type { MediaValue } from './media-value.ts';
import { listChoices, makingOf } from './operation-choice.ts';

const media = { anyOf: [{ type: 'string' }, { type: 'object', properties: { uploadId: { type: 'string' } } }] };
const prompt = { type: 'string', maxLength: 1000 };
const operation = (name: string, properties: Record<string, unknown>, takesRequests: 'image' | 'video' = 'image') => ({
  name,
  title: name,
  description: '',
  delivery: 'call',
  takesRequests,
  limits: { deadlineSeconds: 1, maxSubmissions: 1, maxQueueSeconds: 1, whenOutcomeUnknown: 'fail' as const },
  inputSchema: { type: 'object', properties: { prompt, ...properties } },
  mediaFields: {},
  outputSchema: {},
});
const integration = (name: string, operations: Integration['operations'], enabled = true): Integration => ({
  name,
  title: name,
  description: '',
  enabled,
  operations,
  tasks: [],
});
const choices = listChoices([
  integration('alpha', [
    operation('text-to-image', {}),
    operation('image-to-image', { images: { type: 'array', items: media, maxItems: 2 } }),
  ]),
  integration('beta', [operation('image-to-image', { sources: { type: 'array', items: media, maxItems: 4 } })]),
  integration('gamma', [
    operation('text-to-video', {}, 'video'),
    operation('image-to-video', { image: media }, 'video'),
  ]),
  integration('off', [operation('text-to-image', {})], false),
]);
const file = (uploadId: string): MediaValue => ({
  kind: 'upload',
  uploadId,
  contentType: 'image/png',
  width: 1,
  height: 1,
  name: uploadId,
});
const named = (draft: Draft) => {
  const choice = choiceOf(draft, choices);
  return `${choice?.integration.name}/${choice?.operation.name}`;
};

test('offers the operations of enabled integrations, told apart by what they make', () => {
  expect(choices.map(({ integration: { name }, making }) => `${name}: ${making}`)).toEqual([
    'alpha: image',
    'alpha: edit',
    'beta: edit',
    'gamma: video',
    'gamma: video',
  ]);
  expect(makingOf(operation('image-to-video', { image: media }, 'video'))).toBe('video');
});

describe('choosing', () => {
  test('another thing to make stays with the integration where it can', () => {
    expect(named(choose(emptyDraft, choices, { making: 'edit' }))).toBe('alpha/image-to-image');
    expect(named(choose(emptyDraft, choices, { making: 'video' }))).toBe('gamma/text-to-video');
  });

  test('comes back to what was chosen last', () => {
    const edit = choose(choose(emptyDraft, choices, { making: 'edit' }), choices, { integration: 'beta' });
    const back = choose(choose(edit, choices, { making: 'image' }), choices, { making: 'edit' });

    expect(named(back)).toBe('beta/image-to-image');
  });

  test('keeps what was typed, and moves the files to where the new operation takes them', () => {
    const typed = {
      ...choose(emptyDraft, choices, { making: 'edit' }),
      values: { prompt: 'a fox', images: [file('upl_1')] },
    };
    const moved = choose(typed, choices, { integration: 'beta' });

    expect(moved.values).toEqual({ prompt: 'a fox', sources: [file('upl_1')] });
  });

  test('a file goes along past an operation that takes none', () => {
    const typed = { ...choose(emptyDraft, choices, { making: 'edit' }), values: { images: [file('upl_1')] } };
    const video = choose(typed, choices, { making: 'video' });
    expect(named(video)).toBe('gamma/text-to-video');
    const moved = choose(video, choices, { operation: 'image-to-video' });

    expect([named(moved), moved.values]).toEqual(['gamma/image-to-video', { image: [file('upl_1')] }]);
  });

  test('an operation that is gone gives way to another of its kind', () => {
    const draft: Draft = { ...emptyDraft, chosen: { image: { integration: 'gone', operation: 'text-to-image' } } };

    expect(named(draft)).toBe('alpha/text-to-image');
  });
});

describe('files', () => {
  test('that come while nothing takes them open the nearest operation that does', () => {
    expect(named(openForFiles(emptyDraft, choices, 'image'))).toBe('alpha/image-to-image');
    const video = choose(emptyDraft, choices, { making: 'video' });
    expect(named(openForFiles(video, choices, 'image'))).toBe('gamma/image-to-video');
  });

  test('stand beside each other while there is room, and then the last gives way', () => {
    const field = fieldsFor(toFormModel(choices[1]?.operation.inputSchema ?? {}), {}).find(
      (one): one is MediaField => one.kind === 'media',
    );
    if (field === undefined) throw new Error('The operation takes no files.');
    const two = putFile(putFile(emptyDraft, field, { file: file('upl_1') }), field, { file: file('upl_2') });

    expect(two.values['images']).toEqual([file('upl_1'), file('upl_2')]);
    expect(putFile(two, field, { file: file('upl_3') }).values['images']).toEqual([file('upl_1'), file('upl_3')]);
    expect(putFile(two, field, { file: file('upl_3'), replaces: 'upl_1' }).values['images']).toEqual([
      file('upl_3'),
      file('upl_2'),
    ]);
  });
});

describe('results', () => {
  const typed: Draft = { ...emptyDraft, values: { prompt: 'old words', sources: [file('upl_0')] } };

  test('edited again: a new prompt on that image alone, by who made it', () => {
    const draft = editResult(typed, choices, { file: file('upl_9'), madeBy: 'beta' });

    expect(named(draft)).toBe('beta/image-to-image');
    expect(draft.values).toEqual({ prompt: '', sources: [file('upl_9')] });
  });

  test('used as input: beside what is there, with the words kept', () => {
    const draft = addResult(typed, choices, { file: file('upl_9'), media: 'image' });

    expect(named(draft)).toBe('alpha/image-to-image');
    expect(draft.values).toMatchObject({ prompt: 'old words', images: [file('upl_0'), file('upl_9')] });
  });

  test("a call's settings come back into the form, its files too", () => {
    const call = aCall({
      integration: 'alpha',
      operation: 'image-to-image',
      input: { prompt: 'again', images: [{ uploadId: 'upl_5' }, 'https://example.org/a.png'] },
    });
    const { making, values } = settingsOf(typed, choices, call);

    expect(making).toBe('edit');
    expect(values).toMatchObject({
      prompt: 'again',
      images: [
        { kind: 'upload', uploadId: 'upl_5' },
        { kind: 'url', url: 'https://example.org/a.png' },
      ],
    });
  });
});

describe('what fills the form', () => {
  test('leaves it as it is where no operation is there for it', () => {
    const image = { file: file('upl_9'), madeBy: 'alpha' };

    expect(editResult(emptyDraft, choices.slice(0, 1), image)).toBe(emptyDraft);
    expect(addResult(emptyDraft, choices.slice(0, 1), { ...image, media: 'image' })).toBe(emptyDraft);
    expect(settingsOf(emptyDraft, choices, aCall({ integration: 'gone' }))).toBe(emptyDraft);
  });

  test('tells whether it takes something away', () => {
    const typed: Draft = { ...emptyDraft, values: { prompt: 'my words', images: [file('upl_1')], size: ' ' } };
    const after = (values: Draft['values']) => losesValues(typed, { ...typed, values });

    expect(after({ prompt: '', images: [file('upl_1')] })).toBe(true);
    expect(after({ prompt: 'my words', images: [file('upl_2')] })).toBe(true);
    expect(after({ prompt: 'my words', sources: [file('upl_2'), file('upl_1')], count: 2 })).toBe(false);
  });
});

describe('a kept draft', () => {
  test('comes back as it was', () => {
    const draft: Draft = { making: 'video', chosen: {}, values: { prompt: 'a wave' }, variations: 3 };

    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  });

  test.each([null, '', '{', '[]', '"text"', '{"variations":"many","making":"music"}'])('%s is no draft', (kept) => {
    expect(readDraft(kept)).toEqual(emptyDraft);
  });
});
