/** Fetching a database from an address that somebody gave. */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { oneLine } from '../text/text.ts';
import { isPublicAddress } from './addresses.ts';
import { parseDatabase } from './database.ts';

/** `message` is a sentence for people; it holds no credentials. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

export interface DownloadOptions {
  /** Also from this machine and its network. */
  readonly privateAddresses?: boolean;
  readonly limits?: Partial<Limits>;
  /** How names become addresses, and which of these are public. */
  readonly lookup?: LookupFunction;
  readonly isPublic?: (address: string) => boolean;
}

interface Limits {
  readonly bytes: number;
  /** For everything together. */
  readonly milliseconds: number;
  readonly redirects: number;
}

const usualLimits: Limits = { bytes: 16 * 1024 * 1024, milliseconds: 30_000, redirects: 5 };

/**
 * Fetches the JSON of a ptgbot database.
 * @param address http or https; may hold user and password
 * @throws {DownloadError}
 */
export async function downloadDatabase(
  address: string,
  { privateAddresses = false, limits, lookup = dns.lookup, isPublic }: DownloadOptions = {},
): Promise<object> {
  const { bytes, milliseconds, redirects } = { ...usualLimits, ...limits };
  const isAllowed = privateAddresses ? () => true : (isPublic ?? isPublicAddress);
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const response = await follow(webAddressOf(address), redirects, isAllowed, {
      signal,
      // A connection that somebody else opened may lead anywhere.
      agent: false,
      headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      lookup: checked(lookup, isAllowed),
    });
    return parsed(await contentOf(response, bytes));
  } catch (error) {
    const reason = signal.aborted
      ? `expected all of it within ${milliseconds / 1000} seconds`
      : reasonOf(error as NodeJS.ErrnoException);
    throw new DownloadError(`${withoutCredentials(address)} cannot be fetched: ${reason}`);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return (code !== undefined && reasons[code]) || message || code || 'unknown';
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'expected the name of a host that exists',
  ECONNREFUSED: 'expected a server there, the connection is refused',
  ECONNRESET: 'the connection broke off',
};

/** An address as everybody may read it. */
export function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  // What is no web address may hold a password all the same.
  if (!url || !isWeb(url)) return oneLine(address).replace(/^([a-z]+:\/\/)?.*@/i, '$1');
  url.username = url.password = url.hash = '';
  return url.href;
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function webAddressOf(address: string, base?: URL): URL {
  const url = URL.parse(address, base);
  if (!url || !isWeb(url))
    throw new Error('expected an address such as https://example.org/ptg.json');
  return url;
}

type IsAllowed = (address: string) => boolean;

/** The answer to a request, after redirects. */
async function follow(
  first: URL,
  redirects: number,
  isAllowed: IsAllowed,
  options: http.RequestOptions,
): Promise<http.IncomingMessage> {
  let url = first;
  for (let left = redirects; ; left--) {
    checkLiteral(url, isAllowed);
    // Credentials are for the host that they were given for.
    const auth = url.origin === first.origin ? credentialsOf(first) : undefined;
    const response = await answerOf(url, { ...options, auth });
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return response;
    response.destroy();
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
      throw new Error(`expected status 200, the server answers ${statusCode}`);
    if (left === 0) throw new Error(`expected at most ${redirects} redirects`);
    url = redirected(headers.location, url);
  }
}

function redirected(location: string, from: URL): URL {
  try {
    return webAddressOf(location, from);
  } catch {
    throw new Error('expected a redirect to an address that begins with http:// or https://');
  }
}

function answerOf(url: URL, options: http.RequestOptions): Promise<http.IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  // In a URL, Node would take the credentials from there.
  const target = new URL(withoutCredentials(url.href));
  return new Promise((resolve, reject) => {
    request(target, options, resolve).on('error', reject).end();
  });
}

function credentialsOf({ username, password }: URL): string | undefined {
  return username || password ? `${decoded(username)}:${decoded(password)}` : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notPublic = 'expected an address of the public Internet, not of a private network';

/** A numeric address is connected to without a look-up. */
function checkLiteral({ hostname }: URL, isAllowed: IsAllowed): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw new Error(notPublic);
}

/**
 * Gives only allowed addresses. What is checked is what gets connected to, so that a name which
 * means another address at the next look is of no use.
 */
function checked(lookup: LookupFunction, isAllowed: IsAllowed): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : found?.map(({ address }) => address);
      if (!error && !addresses?.every(isAllowed)) callback(new Error(notPublic), '', 0);
      else callback(error, found, family);
    });
}

async function contentOf(response: http.IncomingMessage, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Error(`expected at most ${most / 1024 / 1024} MB`);
  if (Number(response.headers['content-length'] ?? 0) > most) {
    response.destroy();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Uint8Array): object {
  try {
    return parseDatabase(bytes);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`expected the JSON of a ptgbot database: ${message}`, { cause: error });
  }
}
