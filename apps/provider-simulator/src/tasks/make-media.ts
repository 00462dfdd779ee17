import { pickClip } from '../clips/pick-clip.ts';
import { notAnImage } from '../drawing/artist.ts';
import { sha256Of } from '../ledger/made-file.schema.ts';
import type { ShelfFile } from '../files/file-shelf.ts';
import type { TaskDialect } from '../providers/task-dialect.ts';
import type { Simulation } from '../simulation.ts';
import { markPng, markVideo } from './mark-file.ts';
import type { MediaFile, Task, TaskMedia } from './task-record.schema.ts';
import type { TaskEntry } from './task-store.ts';

type Makes = TaskDialect['makes'];

const underWay = new WeakMap<TaskEntry, Promise<TaskMedia>>();

/** What a task made: drawn when somebody first asks for it, then the same for ever. */
export function mediaOf(entry: TaskEntry, makes: Makes, simulation: Simulation): Promise<TaskMedia> {
  if (entry.media) return Promise.resolve(entry.media);
  const begun = underWay.get(entry);
  if (begun) return begun;
  const media = makeAndKeep(entry, makes, simulation);
  underWay.set(entry, media);
  return media.finally(() => underWay.delete(entry));
}

async function makeAndKeep(entry: TaskEntry, makes: Makes, simulation: Simulation): Promise<TaskMedia> {
  const media = await makeMedia(entry.task, makes, simulation);
  await simulation.tasks.keepMedia(entry, media);
  return media;
}

async function makeMedia(task: Task, makes: Makes, simulation: Simulation): Promise<TaskMedia> {
  if (task.fault?.kind === 'empty_result') return { results: [] };
  const isVideo = (makes === 'video') !== (task.fault?.kind === 'result_wrong_type');
  return isVideo ? filmOf(task, simulation) : { results: await picturesOf(task, simulation) };
}

async function filmOf(task: Task, { shelf }: Simulation): Promise<TaskMedia> {
  const { prompt, width, height, seconds, count } = task.order;
  const clip = await pickClip(prompt, { width, height, seconds });
  const { durationSeconds, frameRate } = clip;
  const size = { width: clip.width, height: clip.height };
  // Many tasks show the same clip: with a mark, the bytes still tell whose result it is.
  const results = Array.from({ length: count }, async (_, index) => {
    const film = { ...clip.video, bytes: markVideo(clip.video.bytes, `${task.id} ${index}`) };
    return { ...(await put(damaged(film, task), shelf)), ...size, durationSeconds, frameRate };
  });
  const frame = { ...clip.lastFrame, bytes: markPng(clip.lastFrame.bytes, task.id) };
  return { results: await Promise.all(results), lastFrame: { ...(await put(frame, shelf)), ...size } };
}

function picturesOf(task: Task, { artist, shelf }: Simulation): Promise<MediaFile[]> {
  const { prompt, width, height, count } = task.order;
  const pictures = Array.from({ length: count }, async (_, variation) => {
    const picture = { prompt, width, height, inputs: await inputsOf(task, shelf), format: task.imageFormat, variation };
    const drawn = await drawnFor(task, picture, artist);
    return { ...(await put(damaged(drawn, task), shelf)), width, height };
  });
  return Promise.all(pictures);
}

async function put(file: ShelfFile, shelf: Simulation['shelf']): Promise<MediaFile> {
  const { bytes, mimeType } = file;
  return { path: await shelf.put(file), mimeType, bytes: bytes.length, sha256: sha256Of(bytes) };
}

function drawnFor(task: Task, picture: Parameters<Simulation['artist']['draw']>[0], artist: Simulation['artist']) {
  if (task.fault?.kind === 'huge_image') return artist.drawHuge();
  return task.fixedImage ? artist.drawFixed(picture) : artist.draw(picture);
}

async function inputsOf({ inputs }: Task, shelf: Simulation['shelf']): Promise<Buffer[]> {
  const found = await Promise.all(inputs.map((path) => shelf.find(path.slice('/files/'.length))));
  return found.flatMap((answer) => (answer.status === 'found' ? [answer.bytes] : []));
}

function damaged(file: ShelfFile, { fault }: Task): ShelfFile {
  switch (fault?.kind) {
    case 'result_not_media':
    case 'not_an_image':
      return { ...file, bytes: notAnImage().bytes };
    case 'result_truncated':
    case 'truncated_image':
      return { ...file, bytes: file.bytes.subarray(0, Math.floor(file.bytes.length / 2)) };
    default:
      return file;
  }
}
