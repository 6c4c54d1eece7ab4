import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fstat } from 'node:fs';
import sirv, { type RequestHandler } from 'sirv';
import { securityHeaders } from './view/security.ts';

/** A running server of the published site. */
export interface SiteServer {
  /** `http://127.0.0.1:8000/`. */
  readonly url: string;
  /** Ends it; requests in work have a second to be answered. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** The published site. */
  readonly directory: string;
  /** `127.0.0.1:8000` or `[::1]:8000`; port 0 takes any free one. */
  readonly listen?: string;
}

/** Serves a published site. Throws one clear sentence when it can't listen there. */
export async function startServer(options: ServerOptions): Promise<SiteServer> {
  const { directory, listen = '127.0.0.1:8000' } = options;
  const { host, port } = parseListen(listen);
  // Not in production mode: there sirv remembers which files there are, and how long they were.
  const files = sirv(directory, { dev: true, etag: true });
  const server = createServer((request, response) => answer(files, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, listen)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}/`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function answer(files: RequestHandler, request: IncomingMessage, response: ServerResponse) {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response.setHeader('Allow', 'GET, HEAD'), 405, 'Only GET and HEAD are answered.');
  const path = publicPath(request.url ?? '');
  if (path === undefined) return refuse(response, 404, 'There is no such page.');
  if (/^\/assets\/.*\.[\w-]{8,}\.\w+$/.test(path))
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  request.url = path;
  // sirv throws at a range that ends before it begins.
  delete request.headers.range;
  response.on('pipe', (file: NodeJS.ReadableStream & { fd?: number }) =>
    abortWhenReplaced(file, response),
  );
  files(request, response, () => refuse(response, 404, 'There is no such page.'));
}

/** The path of a request if it can be one of ours: visible names, decoded once, no way up. */
function publicPath(url: string): string | undefined {
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
  return path.startsWith('/') && visible ? encodeURI(decoded) : undefined;
}

/**
 * sirv says how long a file is, then opens it; the publisher may have replaced it in between.
 * An aborted answer is asked for again, a cut one would be believed.
 */
function abortWhenReplaced(
  file: NodeJS.ReadableStream & { fd?: number },
  response: ServerResponse,
) {
  const promised = Number(response.getHeader('Content-Length'));
  file.on('error', () => response.destroy());
  file.on('open', (fd: number) =>
    fstat(fd, (error, stats) => {
      if (error || stats.size !== promised) response.destroy();
    }),
  );
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.removeHeader('Cache-Control');
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

function parseListen(listen: string): { host: string; port: number } {
  const [, v6, name, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw new Error(
      `The site can't listen on "${listen}"; expected host:port such as 127.0.0.1:8000.`,
    );
  return { host: v6 ?? name ?? '', port: Number(port) };
}

function listenError(error: NodeJS.ErrnoException, listen: string): Error {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'another program already does; end it, or give another address in site.listen'
      : error.code === 'EACCES'
        ? 'that is not allowed; choose a port above 1023 in site.listen'
        : error.message;
  return new Error(`The site can't listen on ${listen}: ${reason}.`, { cause: error });
}
