/**
 * Runs beside the pages, as /sw.js. It keeps pages as they were seen last, for when there is no connection.
 * While there is one, pages come from the site; only assets, whose names change with their content, come
 * from here. What is live (`revision.json`) it never touches, nor anything that is no page: nothing else
 * could say how old it is.
 */
import {
  assetsIn,
  isAsset,
  isBelow,
  isOurs,
  keyOf,
  marked,
  navigationIn,
  tooMany,
} from './kept-pages.ts';
import type { PageRequest, WorkerScope } from './worker-scope.ts';

declare const self: WorkerScope;

/** Milliseconds until a page that does not come is shown as it was seen last. */
const patience = 4000;
const mostPages = 50;
const mostAssets = 200;

const base = new URL(self.registration.scope);
const at = (path: string) => new URL(path.replace(/^\//, ''), base).href;
const mainPage = at('/');
/** Stands for pages that were never seen. */
const offlinePage = at('/offline.html');

/** Sites below other paths of a host share its caches. */
const prefix = `ptgbot ${base.pathname} `;
const pagesCache = `${prefix}pages 1`;
const assetsCache = `${prefix}assets 1`;
/** Header of a kept page: when the site said that it is like that. */
const asOfHeader = 'As-Of';

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { method, mode, destination, headers } = event.request;
  const url = new URL(event.request.url);
  if (method !== 'GET' || !isBelow(url, base)) return;
  if (isAsset(url, base)) event.respondWith(asset(url.href));
  else if (mode === 'navigate') event.respondWith(page(event));
  // A newer page that an open one asks for: what is kept is not the answer to that.
  else if (destination === '' && !headers.get('Accept')?.includes('text/event-stream'))
    event.respondWith(ask(event));
});
/** An open page says as of when it still is what the site shows. */
self.addEventListener('message', (event) => {
  const { data, source } = event;
  if (source && typeof data === 'string') event.waitUntil(confirm(source.url, data));
});
/** Of a notification that a page showed. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage());
});

async function install(): Promise<void> {
  await self.skipWaiting();
  const html = await keepWhole(mainPage);
  await keepWhole(offlinePage);
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  for (const address of navigationIn(html, base))
    if (address !== mainPage) await keepWhole(address).catch(() => undefined);
}

async function activate(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(prefix) && name !== pagesCache && name !== assetsCache)
      await caches.delete(name);
  await self.clients.claim();
  // These came before this worker did.
  const open = await self.clients.matchAll({ type: 'window' });
  await Promise.allSettled(open.map(({ url }) => keepWhole(url)));
}

/** An open page comes to the front, rather the main one than another. */
async function showPage(): Promise<void> {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const ours = all.filter(({ url }) => isBelow(new URL(url), base));
  const open = ours.find(({ url }) => keyOf(url) === mainPage) ?? ours[0];
  await (open ? open.focus() : self.clients.openWindow(mainPage));
}

/** The page as it is now; as it was seen last only when it does not come. */
async function page(event: PageRequest): Promise<Response> {
  const { url } = event.request;
  const answer = ask(event);
  const soon = await Promise.race([answer, wait(patience)]).catch(() => undefined);
  if (soon && soon.status < 500) return soon;
  const seen = (await keptPage(url)) ?? soon;
  return seen ?? answer.catch(async () => (await keptPage(offlinePage)) ?? Response.error());
}

const wait = (time: number) => new Promise<undefined>((resolve) => setTimeout(resolve, time));

/** Asks the site, and keeps what comes. */
function ask(event: PageRequest): Promise<Response> {
  const asked = new Date().toISOString();
  const answer = fetch(event.request, { cache: 'no-cache' });
  const kept = answer.then((response) => keep(event.request.url, response.clone(), asked));
  event.waitUntil(kept.catch(() => undefined));
  return answer;
}

/** Keeps a page with all that it needs; gives the page. */
async function keepWhole(address: string): Promise<string> {
  const asked = new Date().toISOString();
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(keyOf(address), { cache: 'no-cache', signal });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  await keep(address, response.clone(), asked);
  const html = await response.text();
  await keepAssets(html, address);
  return html;
}

async function keepAssets(text: string, address: string): Promise<void> {
  for (const url of assetsIn(text, address, base)) {
    const response = await asset(url);
    // Scripts consist of several. What is missing has a page that names them all again.
    if (response.ok && url.endsWith('.js')) await keepAssets(await response.text(), url);
  }
}

async function keep(address: string, response: Response, asOf: string): Promise<void> {
  const pages = await caches.open(pagesCache);
  if (response.status === 404 || response.status === 410) await pages.delete(keyOf(address));
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html');
  if (!response.ok || response.redirected || !isPage) return;
  const html = await response.text();
  if (isOurs(html, base)) await put(pages, keyOf(address), html, asOf);
}

/** It is still the same as of then. */
async function confirm(address: string, asOf: string): Promise<void> {
  const pages = await caches.open(pagesCache);
  const response = await pages.match(keyOf(address));
  if (response) await put(pages, keyOf(address), await response.text(), asOf);
}

/** Does nothing when a newer one is kept. */
async function put(pages: Cache, key: string, html: string, asOf: string): Promise<void> {
  const known = (await pages.match(key))?.headers.get(asOfHeader);
  if (known && known > asOf) return;
  const headers = { 'Content-Type': 'text/html; charset=utf-8', [asOfHeader]: asOf };
  await pages.put(key, new Response(html, { headers }));
  await prune(pages, mostPages);
}

async function keptPage(address: string): Promise<Response | undefined> {
  const pages = await caches.open(pagesCache);
  const response = await pages.match(keyOf(address));
  const asOf = response?.headers.get(asOfHeader);
  if (!response || !asOf) return undefined;
  return new Response(marked(await response.text(), asOf), { headers: response.headers });
}

async function asset(address: string): Promise<Response> {
  const assets = await caches.open(assetsCache);
  const known = await assets.match(address, { ignoreVary: true });
  if (known) return known;
  const response = await fetch(address);
  if (response.status !== 200) return response;
  // Without a place for it there still is the answer.
  await assets.put(address, response.clone()).catch(() => undefined);
  await prune(assets, mostAssets);
  return response;
}

async function prune(cache: Cache, most: number): Promise<void> {
  const addresses = (await cache.keys()).map(({ url }) => url);
  for (const address of tooMany(addresses, most, [mainPage, offlinePage]))
    await cache.delete(address, { ignoreVary: true });
}
