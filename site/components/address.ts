const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** A page of ours, given as `/tracks/nova/`, at the path where the site is published; others as they are. */
export function address(url: string): string {
  return url.startsWith('/') ? base + url : url;
}
