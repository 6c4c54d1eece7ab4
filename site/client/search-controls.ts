import { announce } from './live-region.ts';
import { pageState } from './page-state.ts';
import { lookFor, readAddress, search, type Toggle } from './search.ts';
import { choose, settings } from './settings.ts';

/** Milliseconds after the last letter until screen readers hear what is found. */
const pause = 700;

/** Has the field and the toggles work, in the address and by keyboard; `show` adapts the page. */
export function searchOnInput(show: () => void): void {
  const change = (act: () => void) => {
    act();
    show();
    clearTimeout(pageState.foundTimer);
    pageState.foundTimer = setTimeout(() => {
      if (found(document)) announce(found(document));
    }, pause);
  };
  document.addEventListener('input', ({ target }) => {
    if (isField(target)) change(() => lookFor({ words: target.value }));
  });
  document.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-toggle]');
    if (button) change(() => flip(button.dataset.toggle as Toggle));
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (key === 'Escape' && isField(target)) change(() => lookFor({ words: '' }));
    if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
    const field = document.getElementById('filter');
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
  addEventListener('popstate', () => {
    readAddress();
    show();
  });
}

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.id === 'filter';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type="radio"]), textarea, select'));

/** ★ mine is remembered, too; in an address it is for whoever opens that. */
function flip(toggle: Toggle): void {
  if (toggle !== 'onlyMine') return lookFor({ [toggle]: !search()[toggle] });
  const isOn = search().onlyMine || settings().onlyMine;
  // A board of some tracks becomes that of the reader's own.
  const onlyMine = !isOn || search().tracks.length > 0;
  lookFor({ onlyMine, tracks: [] });
  choose(() => ({ onlyMine }));
}

/** `5 topics, 3 rooms`; nothing where there is nothing, which the page says itself. */
function found(page: Document): string {
  const count = (selector: string, name: string) => {
    const { length } = page.querySelectorAll(selector);
    return length === 0 ? [] : `${length} ${name}${length === 1 ? '' : 's'}`;
  };
  return [
    count('.entry[data-since]:not([hidden]), .next .entry:not([hidden])', 'topic'),
    count('.day:not(.unchosen) thead th:not(.out)', 'room'),
    count('.change:not([hidden])', 'change'),
  ]
    .flat()
    .join(', ');
}
