/**
 * server/ answers HTTP requests with the published files, and tells open pages of new ones. It never
 * makes or changes a file. This file: requests and answers.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { normalBase } from '../render/base.ts';
import { calendarTracksHeader } from '../view/calendar-of-tracks.ts';
import { securityHeaders } from '../view/security.ts';
import { Files, type ServedFile } from './files.ts';
import { EventStream } from './event-stream.ts';
import { listenOn } from './listen.ts';
import { tracksIn, TrackCalendars } from './track-calendars.ts';
import { answerWebhook, type Webhook } from './webhook.ts';

/** A running server of the published site. */
export interface SiteServer {
  /** `http://127.0.0.1:8000/`. */
  readonly url: string;
  /** How many readers are told. */
  readonly readers: number;
  /** Tells all readers that the site shows another revision: what `revision.json` says now. */
  readonly tell: () => Promise<void>;
  /** Ends it; requests in work have a second to be answered. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** The published site. */
  readonly directory: string;
  /** `127.0.0.1:8000` or `[::1]:8000`; port 0 takes any free one. */
  readonly listen?: string;
  /** Path below which proxies may ask for it, `/sub`; without that path it is answered as well. */
  readonly base?: string;
  /** Answers `POST /webhook`. */
  readonly webhook?: Webhook | undefined;
  /** What `/readyz` says: why the service does not do its work, a sentence each; none when it does. */
  readonly faults?: () => readonly string[];
}

/** Serves a published site. Throws one clear sentence when it can't listen there. */
export async function startServer(options: ServerOptions): Promise<SiteServer> {
  const { directory, listen = '127.0.0.1:8000', base = '/' } = options;
  const files = new Files(directory);
  const site: Site = {
    files,
    calendars: new TrackCalendars(files),
    events: new EventStream(),
    base: normalBase(base),
    webhook: options.webhook,
    faults: options.faults ?? (() => []),
  };
  const tell = async () => {
    const revision = await site.files.find('/revision.json').catch(() => undefined);
    if (revision) site.events.tell(revision.content.toString());
  };
  await tell();
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  const url = await listenOn(server, listen, 'site.listen');
  return {
    url,
    get readers() {
      return site.events.readers;
    },
    tell,
    async close() {
      site.events.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timeout = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(timeout);
    },
  };
}

interface Site {
  readonly files: Files;
  readonly calendars: TrackCalendars;
  readonly events: EventStream;
  readonly base: string;
  readonly webhook: Webhook | undefined;
  readonly faults: () => readonly string[];
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse) {
  const path = publicPath(request.url ?? '', site.base);
  for (const [name, value] of Object.entries(securityHeaders(path)))
    response.setHeader(name, value);
  if (site.webhook && request.method === 'POST' && path === '/webhook')
    return say(response, ...(await answerWebhook(site.webhook, request)));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(response.setHeader('Allow', 'GET, HEAD'), 405, 'Only GET and HEAD are answered.');
  if (path === '/healthz') return sayHealth(response, []);
  if (path === '/readyz') return sayHealth(response, site.faults());
  if (path === undefined) return lost(site, request, response);
  // Data is for anybody's programs; pages are not.
  if (/\.(?:json|ics|xml|txt|atom)$/.test(path))
    response.setHeader('Access-Control-Allow-Origin', '*');
  if (path === '/revision.json') {
    response.setHeader('Vary', 'Accept');
    if (request.method === 'GET' && /\btext\/event-stream\b/.test(request.headers.accept ?? ''))
      return site.events.add(response) || say(response, 503, 'Too many are listening.');
  }
  if (path === '/ptg.ics') {
    const tracks = tracksIn((request.url ?? '').replace(/^[^?]*/, ''));
    if (tracks) return sendCalendar(site, tracks, request, response);
  }
  const file = await site.files.find(path);
  if (!file) return lost(site, request, response);
  await send(file, path, request, response);
}

/** The site has a page that says so, or will have one. */
async function lost(site: Site, request: IncomingMessage, response: ServerResponse) {
  const page = await site.files.find('/404.html');
  if (!page) return say(response, 404, 'There is no such page.');
  delete request.headers['if-none-match'];
  response.statusCode = 404;
  await send(page, '/404.html', request, response);
}

/** Only that of some tracks. */
async function sendCalendar(
  site: Site,
  tracks: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
) {
  const calendar = await site.calendars.find(tracks);
  if (!calendar) return lost(site, request, response);
  response.setHeader(calendarTracksHeader, calendar.count);
  await send(calendar.file, '/ptg.ics', request, response);
}

async function send(
  file: ServedFile,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('ETag', file.etag);
  response.setHeader('Last-Modified', file.modified.toUTCString());
  response.setHeader(
    'Cache-Control',
    /^\/assets\/.*\.[\w-]{8,}\.\w+$/.test(path)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
  );
  response.appendHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match']?.includes(file.etag)) {
    response.writeHead(304).end();
    return;
  }
  const acceptsGzip = /\bgzip\b(?!;\s*q=0(\.0+)?\s*(,|$))/.test(
    String(request.headers['accept-encoding'] ?? ''),
  );
  const gzipped = acceptsGzip ? await file.gzipped() : undefined;
  if (gzipped) response.setHeader('Content-Encoding', 'gzip');
  const content = gzipped ?? file.content;
  response.writeHead(response.statusCode, {
    'Content-Type': file.type,
    'Content-Length': content.length,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** The path of a request if it can be one of ours: visible names, decoded once, no way up. */
function publicPath(url: string, base: string): string | undefined {
  const [path = ''] = url.split(/[?#]/, 1);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts = decoded.replace(/^\//, '').split('/');
  const visible = parts.every((part, index) =>
    part === '' ? index === parts.length - 1 : /^[^.\\\p{Cc}][^\\\p{Cc}]*$/u.test(part),
  );
  if (!path.startsWith('/') || !visible) return undefined;
  return decoded.startsWith(`${base}/`) ? decoded.slice(base.length) : decoded;
}

/** For whoever watches over the service. */
function sayHealth(response: ServerResponse, faults: readonly string[]): void {
  response.setHeader('Cache-Control', 'no-store');
  say(response, faults.length ? 503 : 200, faults.join('\n') || 'ok');
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}
