import { until } from '@darkroom/testing';
import type { Locator, Page } from 'playwright-core';
import type { OpenPage } from './start-web.ts';

/** The create page, as a person uses it. */
export interface Maker {
  readonly prompt: Locator;
  choose(making: 'Image' | 'Edit' | 'Video'): Promise<void>;
  /** Types the prompt and submits the form. */
  make(prompt: string): Promise<void>;
  /** The cards of a prompt, the newest first. */
  cards(prompt: string): Locator;
  /** The newest. */
  card(prompt: string): Locator;
  /** Resolves when the newest card says so. */
  untilCard(prompt: string, says: string): Promise<void>;
}

export function makerOn(page: Page): Maker {
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
  const cards = (of: string) => page.getByRole('article', { name: of, exact: true });
  return {
    prompt,
    cards,
    card: (of) => cards(of).first(),
    choose: (making) => page.getByRole('radio', { name: making, exact: true }).check(),
    make: async (text) => {
      await prompt.fill(text);
      await page.getByRole('button', { name: 'Make it' }).click();
    },
    untilCard: (of, says) => cards(of).first().getByRole('status').getByText(says, { exact: true }).waitFor(),
  };
}

/** Resolves when the page hears of news by the channel. */
export function untilChannel(page: Page, channel: 'websocket' | 'sse' | 'polling' | 'away'): Promise<void> {
  return page.locator(`[data-channel=${channel}]`).waitFor();
}

/** Resolves when a create page that was just opened hears of news by push, and has looked once more at what came before that. */
export async function untilLive({ page, traffic }: OpenPage): Promise<void> {
  await untilChannel(page, 'websocket');
  await until('the lists have been read again', () => traffic.requests().filter(isList).length >= 2);
}

/** Resolves when an event of the type was told by push. A list that is read meanwhile may show what comes of it before. */
export async function untilPushed({ traffic }: Pick<OpenPage, 'traffic'>, type: string, callId = ''): Promise<void> {
  const tells = (message: string) => message.includes(`"${type}"`) && message.includes(callId);
  await until(`${type} is pushed`, () => traffic.pushed().some(tells));
}

function isList(request: string): boolean {
  return request.startsWith('GET /v1/calls?');
}
