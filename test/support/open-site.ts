import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { inject } from 'vitest';
import { openPublisher } from '../../site/publish.ts';
import { loadRenderer } from '../../site/renderer/load.ts';
import { planSite, type SiteContent } from '../../site/renderer/render.ts';
import { startServer } from '../../site/server/server.ts';
import { snapshot } from '../site/build.ts';
import { startStaticHost } from './static-host.ts';
import { launchBrowser } from './browser.ts';

/** In the third day of the event, in its third slot: Wednesday 14:10 in Denver. */
export const duringTheEvent = '2018-09-12T20:10:00Z';

/** A published site, hosted in two ways, and a browser to look at it. */
export async function openSite() {
  const folder = await mkdtemp(join(tmpdir(), 'ptgbot-site-'));
  const renderer = await loadRenderer(inject('renderer'));
  const publisher = await openPublisher(folder);
  await publisher.publish(snapshot({}), await planSite(renderer, snapshot({})));
  const builtIn = await startServer({ directory: folder, listen: '127.0.0.1:0' });
  const staticHost = await startStaticHost(folder);
  const browser = await launchBrowser();

  return {
    async publish(content: SiteContent): Promise<void> {
      const { problems } = await publisher.publish(content, await planSite(renderer, content));
      if (problems.length > 0) throw new Error(JSON.stringify(problems));
      await builtIn.tell();
    },

    /** Opens the page at a moment of the event; `complaints` are what the browser had to say. */
    async visit(
      options: BrowserContextOptions & {
        host?: 'built-in' | 'static';
        at?: string;
        path?: string;
      } = {},
    ) {
      const { host = 'built-in', at = duringTheEvent, path = '', ...rest } = options;
      const { url } = host === 'built-in' ? builtIn : staticHost;
      const context = await browser.newContext(rest);
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url().replace(url, '/')));
      await page.clock.install({ time: new Date(at) });
      await page.goto(url + path);
      if (rest.javaScriptEnabled !== false) await page.locator('#live:not([hidden])').waitFor();
      return { page, context, complaints, requests, leave: () => context.close() };
    },

    async close(): Promise<void> {
      await browser.close();
      await builtIn.close();
      staticHost.server.closeAllConnections();
      staticHost.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type OpenSite = Awaited<ReturnType<typeof openSite>>;
