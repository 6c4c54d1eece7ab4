/** What the service worker decides about addresses and pages. */

/** Where a site is published: `https://ptg.example.org/stein/`. */
export type Base = Pick<URL, 'origin' | 'pathname'>;

/** Is it below the base of the site? */
export function isBelow({ origin, pathname }: URL, base: Base): boolean {
  return origin === base.origin && pathname.startsWith(base.pathname);
}

/** Is it of those whose names change with their content? */
export function isAsset(url: URL, base: Base): boolean {
  const path = url.pathname.slice(base.pathname.length);
  return isBelow(url, base) && /^assets\/.*\.[\w-]{8,}\.\w+$/.test(path);
}

/** The address under which a page is kept: what scripts make of the rest, they make again. */
export function keyOf(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

/** Is it a page of this site? At its address there may be a wall that wants a password, or others. */
export function isOurs(html: string, { pathname }: Base): boolean {
  return html.includes(` data-base="${pathname}"`);
}

/** The pages of the site to which the navigation of a page leads. */
export function navigationIn(html: string, base: Base): readonly string[] {
  const [navigation = ''] = /<nav class="pages".*?<\/nav>/s.exec(html) ?? [];
  const urls = [...navigation.matchAll(/ href="([^"]*)"/g)].flatMap(
    ([, path = '']) => URL.parse(path, base.origin) ?? [],
  );
  return urls.filter((url) => isBelow(url, base)).map(({ href }) => href);
}

/** The scripts, style sheets and pictures that a page, or one of them, names. */
export function assetsIn(text: string, address: string, base: Base): readonly string[] {
  const urls = [...text.matchAll(/["']([^"'\s<>]+\.[\w-]{8,}\.\w+)["']/g)].flatMap(
    ([, path = '']) => URL.parse(path, address) ?? [],
  );
  return [...new Set(urls.filter((url) => isAsset(url, base)).map(({ href }) => href))];
}

/** A page that says as of when it is; its script reads that. */
export function marked(html: string, asOf: string): string {
  return html.replace('<html', `<html data-as-of="${asOf}"`);
}

/** Of addresses, the oldest first, those beyond so many; some are always kept. */
export function tooMany(
  addresses: readonly string[],
  most: number,
  always: readonly string[] = [],
): readonly string[] {
  return addresses
    .filter((address) => !always.includes(address))
    .slice(0, Math.max(addresses.length - most, 0));
}
