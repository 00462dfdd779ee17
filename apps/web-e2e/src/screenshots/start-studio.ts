import { createDarkroom, type Darkroom } from '@darkroom/client';
import type { StackOptions } from '@darkroom/testing';
import type { BrowserContextOptions } from 'playwright-core';
import { type OpenPage, startWeb, type Web } from '../start-web.ts';
import { type Content, makeContent } from './make-content.ts';
import type { Scene } from './scenes.ts';
import { settled } from './settled.ts';

/** A whole system with one of everything in it, to be looked at. */
export interface Studio {
  readonly web: Web;
  readonly darkroom: Darkroom;
  readonly content: Content;
  /** Opens a scene and resolves when there is nothing left to come. */
  show(scene: Scene, look?: BrowserContextOptions): Promise<OpenPage>;
}

const newcomersKey = 'a-key-of-nobody-who-made-anything';
const integrations = 'nanobanana2,nano-banana,seedream,sora,veo,fangzhou-video-generation';
const stackOptions: StackOptions = {
  mainEnvironment: {
    ENABLED_INTEGRATIONS: integrations,
    API_KEYS: `newcomer:${newcomersKey}`,
    REQUIRE_API_KEY: 'false',
    TEMPORAL_UI_URL: 'http://localhost:8233',
  },
  workerEnvironment: { ENABLED_INTEGRATIONS: integrations },
};

export async function startStudio(): Promise<Studio> {
  const web = await startWeb(stackOptions);
  try {
    const darkroom = createDarkroom({ baseUrl: web.stack.main.url });
    const content = await makeContent(darkroom, web.stack.control);
    const visitors = await prepareVisitors(web);
    const show = async (scene: Scene, look: BrowserContextOptions = {}) => {
      const who = visitors[scene.who ?? 'everyone'];
      const opened = await web.open(scene.path(content), { ...look, ...who }, scene.expected);
      await settled(opened.page);
      await scene.prepare?.(opened.page, content);
      await settled(opened.page);
      return opened;
    };
    return { web, darkroom, content, show };
  } catch (error) {
    await web.stop();
    throw error;
  }
}

type Visitors = Record<NonNullable<Scene['who']> | 'everyone', BrowserContextOptions>;

/** Where each kind of visitor goes, and what the browser knows of them. */
async function prepareVisitors({ stack, browser }: Web): Promise<Visitors> {
  const { WEB_DIR = '' } = stack.main.environment;
  const guarded = await stack.addMain({ WEB_DIR, API_KEYS: `newcomer:${newcomersKey}` });
  const context = await browser.newContext({ baseURL: stack.main.url });
  await context.request.post('/v1/session', { headers: { authorization: `Bearer ${newcomersKey}` } });
  const storageState = await context.storageState();
  await context.close();
  return { everyone: {}, newcomer: { storageState }, nobody: { baseURL: guarded.url } };
}
