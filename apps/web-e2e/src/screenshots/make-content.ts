import { artifactsOf, type Call, type Darkroom, DarkroomError } from '@darkroom/client';
import type { SimulatorControl } from '@darkroom/testing';

/** What the pictures show: one of each. */
export interface Content {
  image: Call;
  group: Call;
  portrait: Call;
  long: Call;
  video: Call;
  /** Made from `image`; others were made from it in turn. */
  edit: Call;
  failed: Call;
  cancelled: Call;
  running: Call;
  doneBatchId: string;
  busyBatchId: string;
  /** A picture, to be given to the page as a file. */
  file: { name: string; mimeType: string; buffer: Buffer };
}

type Wish = Parameters<Darkroom['calls']['create']>[0];

const anHourMs = 3_600_000;
const image = { integration: 'nanobanana2', operation: 'text-to-image' };
/** One that answers with a task, which may take as long as a plan says. */
const task = { integration: 'nano-banana', operation: 'text-to-image' };
const edit = { integration: 'nanobanana2', operation: 'image-to-image' };
const places = [
  'a harbour at first light',
  'a village street',
  'a railway station',
  'a mountain hut',
  'a bridge over a frozen river',
  'an orchard',
  'a market square',
  'a lighthouse',
  'a greenhouse',
  'a chapel on a hill',
];
const longPrompt = [
  'A very detailed isometric cutaway of a five-storey ramen shop at night in the rain: on the ground floor guests at the counter,',
  'steam rising from the pots, a cook tossing noodles; above it the family’s living room with a tatami floor, a cat asleep on the',
  'sill, laundry on the balcony; under the roof an astronomer’s study full of brass instruments and star maps. Warm light from every',
  'window, neon reflections in the puddles, cables and lanterns overhead.\n\nStyle: gouache on rough paper, visible brush strokes, muted',
  'reds and teals. No text, no people looking at the viewer. Keep the whole building in the picture with some air around it.',
  'Averyveryverylongwordwithoutanyplacetobreakitsothatonecanseewhatthepagedoeswithit_https://example.com/a/very/long/address/that/goes/on',
].join(' ');

/** Makes one of everything that a page can show. */
export async function makeContent(darkroom: Darkroom, control: SimulatorControl): Promise<Content> {
  await control.plan({ match: 'forbidden', fault: { kind: 'content_block', where: 'prompt' } });
  await control.plan({ match: 'slowly', taskMs: anHourMs });

  const busyBatchId = await makeBusyBatch(darkroom);
  const doneBatchId = await makeDoneBatch(darkroom);
  const made = await makeResults(darkroom);
  const edited = await makeHistory(darkroom, made.image);
  const failed = await endOf(darkroom, { ...image, input: { prompt: 'a forbidden thing in a glass box' } });
  const { id } = await darkroom.calls.create({ ...image, input: { prompt: 'a garden in spring' }, delaySeconds: 3600 });
  await darkroom.calls.cancel(id);
  const running = await darkroom.calls.create({
    integration: 'sora',
    operation: 'text-to-video',
    input: { prompt: 'fog that lifts slowly from a valley' },
  });
  await darkroom.calls.create({ ...image, input: { prompt: 'a ship in a bottle, slowly' }, delaySeconds: 7200 });
  const file = await darkroom.artifacts.download(firstOf(made.image));
  return {
    ...made,
    edit: edited,
    failed,
    cancelled: await darkroom.calls.get(id),
    running,
    doneBatchId,
    busyBatchId,
    file: { name: 'lighthouse.png', mimeType: 'image/png', buffer: Buffer.from(await file.arrayBuffer()) },
  };
}

async function makeResults({ calls }: Darkroom) {
  const [group, long, portrait, lighthouse, video] = await Promise.all([
    calls.run({
      integration: 'seedream',
      operation: 'text-to-image',
      input: { prompt: 'four seasons of one tree', count: 4 },
    }),
    calls.run({ ...image, input: { prompt: longPrompt, aspectRatio: '1:1' } }),
    calls.run({ ...image, input: { prompt: 'a lantern in an old street, rain', aspectRatio: '9:16' } }),
    calls.run({
      ...image,
      input: { prompt: 'a lighthouse at dawn, long exposure, mist over the rocks', aspectRatio: '16:9' },
    }),
    calls.run({
      integration: 'sora',
      operation: 'text-to-video',
      input: { prompt: 'waves against the rocks at night, landscape' },
    }),
  ]);
  return { group, long, portrait, image: lighthouse, video };
}

/** Edits of an edit of it, and a video. Answers the first edit. */
async function makeHistory({ calls }: Darkroom, source: Call): Promise<Call> {
  const { artifactId } = firstOf(source);
  const edited = await calls.run({ ...edit, input: { prompt: 'make it night', images: [{ artifactId }] } });
  const images = [{ artifactId: firstOf(edited).artifactId }];
  await Promise.all([
    ...['add a sailing boat', 'add the northern lights'].map((prompt) =>
      calls.run({ ...edit, input: { prompt, images } }),
    ),
    calls.run({
      integration: 'veo',
      operation: 'image-to-video',
      input: { prompt: 'the lamp turns, clip 4', image: { artifactId } },
    }),
  ]);
  return edited;
}

async function makeDoneBatch({ batches }: Darkroom): Promise<string> {
  const prompts = [...places.map((place) => `${place}, in the first snow`), 'a forbidden door', 'a forbidden garden'];
  const { id } = await batches.create({
    calls: prompts.map((prompt) => ({ ...image, input: { prompt, aspectRatio: '4:3' } })),
  });
  await batches.wait(id);
  return id;
}

/** The first calls of it are done, the others are under way or wait for as long as anybody looks. */
async function makeBusyBatch({ batches, calls }: Darkroom): Promise<string> {
  const prompts = [
    ...places.slice(0, 7).map((place) => `${place}, at noon`),
    ...places.map((place) => `${place}, slowly`),
  ];
  const { id } = await batches.create({
    maxConcurrent: 3,
    calls: prompts.map((prompt) => ({ ...task, input: { prompt } })),
  });
  for await (const call of batches.calls(id)) if (/at noon/.test(JSON.stringify(call.input))) await calls.wait(call.id);
  return id;
}

async function endOf({ calls }: Darkroom, wish: Wish): Promise<Call> {
  try {
    return await calls.run(wish);
  } catch (error) {
    if (error instanceof DarkroomError && error.call !== undefined) return error.call;
    throw error;
  }
}

function firstOf(call: Call): { artifactId: string } {
  const [first] = artifactsOf(call);
  if (first === undefined) throw new Error(`The call ${call.id} has no result.`);
  return first;
}
