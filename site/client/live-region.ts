import { pageState } from './page-state.ts';

/** Tells screen readers something without interrupting them, nor what was told just before. */
export function announce(text: string): void {
  const element = document.getElementById('news');
  if (!element) return;
  const isRecent = performance.now() - pageState.announced < 1000;
  element.textContent = isRecent ? `${element.textContent} ${text}` : text;
  pageState.announced = performance.now();
}

/** Shows a short message for a moment; the page has it read out. */
export function showMessage(text: string): void {
  const element =
    document.querySelector('dialog[open] .message') ?? document.getElementById('message');
  if (!element) return;
  element.textContent = text;
  clearTimeout(pageState.messageTimer);
  pageState.messageTimer = setTimeout(() => (element.textContent = ''), 4000);
}

/** What each track discusses, as one would read it out, by the id of its entry. */
export function topics(): ReadonlyMap<string, string> {
  const entries = [...document.querySelectorAll<HTMLElement>('.now .entry:not([hidden])')];
  return new Map(
    entries.map((entry) => {
      const part = (name: string) => entry.querySelector(name)?.textContent.trim();
      const track = part('.badge') ?? document.querySelector('h1 .badge')?.textContent.trim();
      const place = part('.place');
      return [entry.id, `${track} now: ${part('.topic')}${place ? `, ${place}` : ''}.`];
    }),
  );
}

/** What is new among the topics since then. */
export function news(before: ReadonlyMap<string, string>): string {
  const sentences = [...topics()].flatMap(([id, text]) => (before.get(id) === text ? [] : text));
  const more = sentences.length - 3;
  return [...sentences.slice(0, 3), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
