import { notAnImage, truncated, type DrawnImage } from '../drawing/artist.ts';
import { redirectingPath } from '../files/files.route.ts';
import { privateAddress } from '../files/private-address.ts';
import { sha256Of } from '../ledger/made-file.schema.ts';
import type { Fault } from '../plans/fault.schema.ts';
import type { Behaviour, Delivery } from '../plans/plan.schema.ts';
import type { Simulation } from '../simulation.ts';
import type { AnswerContent, Generation, ImageDialect } from './image-dialect.ts';

interface Order {
  readonly generation: Generation;
  readonly behaviour: Behaviour;
  readonly delivery: Delivery;
  /** The simulator's own origin, as the client addressed it. */
  readonly origin: string;
}

/** How the answer will carry its image, or undefined where the dialect has no such way. */
export function deliveryOf(dialect: ImageDialect, behaviour: Behaviour, generation: Generation): Delivery | undefined {
  if (behaviour.fault?.kind === 'partial_failure' && !dialect.failsPartly) return undefined;
  const usual = generation.delivery ?? dialect.deliveries[0];
  const wanted = behaviour.delivery ?? (isUrlFault(behaviour.fault) ? dialect.deliveries.find(isByUrl) : usual);
  if (isUrlFault(behaviour.fault) && wanted !== undefined && !isByUrl(wanted)) return undefined;
  return dialect.deliveries.find((delivery) => delivery === wanted);
}

/** What a successful answer holds: the drawn images, or what the fault puts in their place. */
export async function answerContent(order: Order, simulation: Simulation): Promise<AnswerContent> {
  const { delivery, origin } = order;
  const { fault } = order.behaviour;
  switch (fault?.kind) {
    case 'empty_success':
      return { kind: 'nothing' };
    case 'text_instead':
      return { kind: 'text', text: 'I can describe this picture, but I will not draw it.' };
    case 'url_to_private_address':
      return { kind: 'urls', urls: [privateAddress], delivery };
    case 'url_redirects_to_private':
      return { kind: 'urls', urls: [origin + redirectingPath], delivery };
    case 'url_expired':
      return { kind: 'urls', urls: [origin + simulation.shelf.deadPath(fault.status)], delivery };
    default:
      return deliver(await imagesOf(order, simulation), order, simulation);
  }
}

async function deliver(images: readonly DrawnImage[], order: Order, { shelf }: Simulation): Promise<AnswerContent> {
  const { delivery, origin } = order;
  const failedItem = order.behaviour.fault?.kind === 'partial_failure' ? Math.floor(images.length / 2) : undefined;
  const results = images.flatMap(({ bytes }, item) => (item === failedItem ? [] : [{ sha256: sha256Of(bytes) }]));
  if (!isByUrl(delivery)) return { kind: 'images', images, delivery, failedItem, results };
  const paths = await Promise.all(images.map((image) => shelf.put(image, order.generation.prompt)));
  return { kind: 'urls', urls: paths.map((path) => origin + path), delivery, failedItem, results };
}

async function imagesOf({ generation, behaviour }: Order, { artist }: Simulation): Promise<readonly DrawnImage[]> {
  if (behaviour.fault?.kind === 'not_an_image') return [notAnImage()];
  if (behaviour.fault?.kind === 'huge_image') return [await artist.drawHuge()];
  const { prompt, width, height, inputs, count, watermark } = generation;
  const format = behaviour.imageFormat ?? generation.imageFormat ?? 'png';
  const picture = { prompt, width, height, inputs, format, watermark };
  const images = await Promise.all(
    Array.from({ length: count }, (_, variation) =>
      behaviour.fixedImage ? artist.drawFixed({ ...picture, variation }) : artist.draw({ ...picture, variation }),
    ),
  );
  return behaviour.fault?.kind === 'truncated_image' ? images.map(truncated) : images;
}

function isByUrl(delivery: Delivery): boolean {
  return delivery === 'url' || delivery === 'url_in_text';
}

function isUrlFault(fault: Fault | undefined): boolean {
  return fault?.kind.startsWith('url_') ?? false;
}
