import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { inject } from 'vitest';
import { Publisher } from '../../site/publish/publisher.ts';
import { loadRenderer } from '../../site/render/load.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import { normalBase } from '../../site/render/base.ts';
import { planSite, type RenderOptions } from '../../site/render/plan.ts';
import { startServer } from '../../site/server/server.ts';
import { snapshot } from './build-site.ts';
import { launchBrowser } from './browser.ts';
import { startHost, startStaticHost } from './static-host.ts';

/** In the third day of the event, in its third slot: Wednesday 14:10 in Denver. */
export const duringTheEvent = '2018-09-12T20:10:00Z';

export type PageOptions = BrowserContextOptions & {
  host?: 'built-in' | 'static';
  at?: string;
  path?: string;
  /** The tracks that the reader marked before. */
  stars?: readonly string[];
};

interface Host {
  readonly url: string;
  readonly tell?: () => Promise<void>;
  close(): Promise<void>;
}

/** A published site, hosted in two ways, and a browser to look at it. */
export async function openSite(first: SiteContent = snapshot({}), options: RenderOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ptgbot-site-'));
  const renderer = await loadRenderer(inject('renderer'));
  const publisher = await Publisher.open(folder);
  let files: readonly string[] = [];
  const write = async (content: SiteContent) => {
    const plan = await planSite(renderer, content, options);
    const later = await plan.later!();
    files = [...plan.files, ...later.files].map(({ paths: [path] }) => path);
    const { problems } = await publisher.publish(content, plan);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
  };
  await write(first);
  const base = normalBase(options.base ?? '/');
  const startHosts = async ([builtIn = 0, plain = 0]: readonly number[]): Promise<Host[]> => [
    await startServer({ directory: folder, listen: `127.0.0.1:${builtIn}`, base }),
    await startStaticHost(folder, { base, port: plain }),
  ];
  let hosts = await startHosts([]);
  const ports = hosts.map(({ url }) => Number(new URL(url).port));
  const takeAway = async () => {
    for (const host of hosts) await host.close();
    hosts = [];
  };
  const browser = await launchBrowser();

  return {
    folder,

    async publish(content: SiteContent): Promise<void> {
      await write(content);
      for (const host of hosts) await host.tell?.();
    },

    /** Takes the hosts away; others take their places, and answer like this. */
    async replaceBy(answer: RequestListener): Promise<void> {
      await takeAway();
      hosts = await Promise.all(ports.map((port) => startHost(port, answer)));
    },

    /** Takes the hosts away. */
    takeAway,

    /** The hosts are there again, where they were. */
    async bringBack(): Promise<void> {
      await takeAway();
      hosts = await startHosts(ports);
    },

    /** The addresses of all pages, below the root. */
    pages: () =>
      files
        .filter((path) => path.endsWith('.html'))
        .map((path) => path.replace(/(^|\/)index\.html$/, '$1')),

    /** A tab at a moment of the event; `complaints` are all that the browser had to say. */
    async newPage({ host = 'built-in', at = duringTheEvent, stars, ...rest }: PageOptions = {}) {
      const { url } = hosts[host === 'built-in' ? 0 : 1]!;
      const context = await browser.newContext({ baseURL: new URL(`${base}/`, url).href, ...rest });
      if (stars)
        await context.addInitScript((stars) => {
          if (localStorage.getItem('ptgbot') === null)
            localStorage.setItem('ptgbot', JSON.stringify({ stars }));
        }, stars);
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('popup', () => complaints.push('a window of its own'));
      page.on('download', () => complaints.push('a download'));
      page.on('framenavigated', (frame) => {
        if (!frame.url().startsWith(url)) complaints.push(`went to ${frame.url()}`);
      });
      page.on('request', (request) => {
        requests.push(request.url().replace(url, '/'));
        if (!request.url().startsWith(url)) complaints.push(`request: ${request.url()}`);
      });
      await page.clock.install({ time: new Date(at) });
      return { page, context, complaints, requests, leave: () => context.close() };
    },

    /** A tab that shows a page, by default the main one. */
    async visit({ path = '', ...options }: PageOptions = {}) {
      const tab = await this.newPage(options);
      await tab.page.goto(`./${path}`);
      if (options.javaScriptEnabled !== false)
        await tab.page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
      return tab;
    },

    async close(): Promise<void> {
      await browser.close();
      await takeAway();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type OpenSite = Awaited<ReturnType<typeof openSite>>;

/** Pages of one kind are made by one template: `rooms/*` for each of `rooms/aspen/`. */
export const kindOf = (path: string) =>
  path
    .replace(/^(tracks|rooms|changes\/page)\/[^/]+/, '$1/*')
    .replace(/^(tracks\/\*)\/\d{8}T[^/]+/, '$1/*')
    .replace(/^changes\/[0-9a-f]{40}/, 'changes/*');

/** All kinds that there are, of an event that has everything. */
export const kindsOfPages: readonly string[] = [
  ...['', '404.html', 'changes/', 'changes/*/', 'changes/page/*/', 'etherpads.html', 'help.html'],
  ...['links.html', 'now.html', 'offline.html', 'plan/', 'rooms/*/', 'signage.html', 'tracks/*/'],
  'tracks/*/*/',
];

/** One page of each kind: the first that there is. */
export const onePageOfEachKind = (pages: readonly string[]): readonly string[] => [
  ...new Map(pages.toReversed().map((path) => [kindOf(path), path])).values(),
];
