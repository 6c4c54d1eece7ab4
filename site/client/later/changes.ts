import { holds } from '../filter.ts';
import { search } from '../search.ts';
import { setText } from '../set-text.ts';

/** Which changes the address asks for: by track, room and person. */
export interface Wanted {
  readonly tracks: readonly string[];
  readonly rooms: readonly string[];
  readonly by: readonly string[];
}

/** Of an address such as `?track=nova&track=compute`: one of each kind has to fit. */
export function wantedIn(search: string): Wanted {
  const query = new URLSearchParams(search);
  const all = (name: string) => query.getAll(name).map(fold).filter(Boolean);
  return { tracks: all('track'), rooms: all('room'), by: all('by') };
}

const fold = (text: string) => text.normalize('NFC').toLowerCase();

/** Does a change, by what stands in its attributes, fit what is wanted? */
export function fits(
  { tracks = '', rooms = '', by = '' }: Readonly<Record<string, string | undefined>>,
  wanted: Wanted,
): boolean {
  const isIn = (names: readonly string[], of: readonly string[]) =>
    of.length === 0 || names.some((name) => of.includes(fold(name)));
  return (
    isIn(tracks.split(' '), wanted.tracks) &&
    isIn(rooms.split(' '), wanted.rooms) &&
    isIn([by], wanted.by)
  );
}

/** How many older pages one click looks through for something that fits, at most. */
const mostPages = 20;

/** Does a change of a page fit what the address asks for, and hold the words of the field? */
const isWanted = (change: HTMLElement, wanted: Wanted) =>
  fits(change.dataset, wanted) && holds(change.textContent, search().words);

/** Older pages that were fetched, as long as the page leads on to the same one as then. */
const fetched = {
  from: undefined as string | undefined,
  days: [] as Element[],
  /** Where it goes on; undefined when there is no more. */
  next: undefined as string | undefined,
};

/** Leaves on the page of changes what the address asks for, with what was fetched of older pages. */
export function showChanges(page: Document): void {
  const list = page.getElementById('changes');
  const only = page.getElementById('only');
  if (!list || !only) return;
  const older = page.getElementById('older');
  // The link is made to lead further.
  if (older) older.dataset.from ??= older.getAttribute('href') ?? undefined;
  const from = older?.dataset.from;
  if (fetched.from !== from) Object.assign(fetched, { from, days: [], next: from });
  for (const day of fetched.days) addDay(list, day);
  if (older && fetched.next) older.setAttribute('href', fetched.next);
  older?.parentElement?.toggleAttribute('hidden', fetched.next === undefined);

  const wanted = wantedIn(location.search);
  const names = [...wanted.tracks, ...wanted.rooms, ...wanted.by];
  only.hidden = names.length === 0;
  setText(only.querySelector('strong'), names.join(', '));
  let found = 0;
  for (const day of list.querySelectorAll<HTMLElement>('section')) {
    const changes = [...day.querySelectorAll<HTMLElement>('.change')];
    for (const change of changes) change.hidden = !isWanted(change, wanted);
    const kept = changes.filter(({ hidden }) => !hidden).length;
    day.hidden = kept === 0;
    found += kept;
  }
  const more = fetched.next === undefined ? '' : ' Look further back.';
  setText(page.getElementById('none'), found > 0 ? '' : `No change matches.${more}`);
}

/** Has the button fetch older pages, until there is something more that fits. */
export function changesOnClick(show: () => void, say: (text: string) => void): void {
  document.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>('#further');
    if (!button || button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    lookFurther()
      .catch(() => say('Older changes cannot be fetched at the moment.'))
      .finally(() => {
        button.removeAttribute('aria-busy');
        show();
      });
  });
}

async function lookFurther(): Promise<void> {
  const { from } = fetched;
  const wanted = wantedIn(location.search);
  for (let count = 0; count < mostPages && fetched.next !== undefined; count += 1) {
    const response = await fetch(fetched.next, { signal: AbortSignal.timeout(9000) });
    if (!response.ok) throw new Error(`${fetched.next}: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    // A newer page of changes came meanwhile.
    if (fetched.from !== from) return;
    fetched.days.push(...page.querySelectorAll('#changes > section'));
    fetched.next = page.getElementById('older')?.getAttribute('href') ?? undefined;
    const changes = [...page.querySelectorAll<HTMLElement>('.change')];
    if (changes.some((change) => isWanted(change, wanted))) return;
  }
}

/** Behind what is there; a day that goes on from one page to the next is one day. */
function addDay(list: Element, day: Element): void {
  const copy = list.ownerDocument.importNode(day, true);
  for (const change of copy.querySelectorAll('.change'))
    if (list.ownerDocument.getElementById(change.id)) change.remove();
  if (!copy.querySelector('.change')) return;
  const last = list.lastElementChild;
  if (last?.getAttribute('data-date') === day.getAttribute('data-date'))
    last?.querySelector('ol')?.append(...copy.querySelectorAll('.change'));
  else list.append(copy);
}
