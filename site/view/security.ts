import { embedPath } from './embed-page.ts';

/**
 * The pages hold nothing inline and nothing of others, so the policy is the same for all of them.
 * It stands in the pages as well, since a static host may not be able to send it.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * What a server sends beside a page; browsers take `frame-ancestors` only from there.
 * @param path below the base: one page is made to be framed
 */
export function securityHeaders(path?: string) {
  return {
    'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors ${isEmbedded(path) ? '*' : "'none'"}`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  } as const;
}

const isEmbedded = (path = '') => [path, `${path}.html`].includes(embedPath);
