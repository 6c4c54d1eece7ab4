import { copyOnClick, showCopyButtons } from './copy.ts';
import { keepCurrent, showAge } from './current.ts';
import { chooseDayOnClick, showDay } from './days.ts';
import { showFiltered } from './filter.ts';
import { foldOnClick, showFolds } from './folds.ts';
import { show } from './say.ts';
import { choose, settings, type Settings } from './settings.ts';
import { jumpToNow, markCurrentSlots } from './slots.ts';
import { showTimes } from './zone.ts';

/** Makes of a page, this one or a newer one, what this reader sees at this moment. */
function adapt(page: Document): void {
  const now = new Date();
  showTimes(page, now);
  markCurrentSlots(page, now);
  showDay(page, now);
  showFolds(page, now);
  showFiltered(page);
  showCopyButtons(page);
}

function set(change: Partial<Settings>): void {
  choose(change);
  adapt(document);
  showAge();
}

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches('.zones input'))
    set({ zone: target.value as Settings['zone'] });
});
document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === 'filter') set({ filter: target.value });
});
document.addEventListener('click', ({ target }) => {
  const { toggle, star } =
    (target as Element).closest<HTMLElement>('[data-toggle], [data-star]')?.dataset ?? {};
  if (toggle === 'onlyMine' || toggle === 'onlyFree') set({ [toggle]: !settings()[toggle] });
  if (star === undefined) return;
  const { stars } = settings();
  set({ stars: stars.includes(star) ? stars.filter((one) => one !== star) : [...stars, star] });
});
document.getElementById('jump')?.addEventListener('click', () =>
  jumpToNow((day) => {
    history.replaceState(null, '', `#${encodeURIComponent(day)}`);
    adapt(document);
  }),
);
chooseDayOnClick(() => adapt(document));
foldOnClick(() => adapt(document));
copyOnClick(show);

adapt(document);
// Then the scripts of the page's own have run, too.
addEventListener('DOMContentLoaded', () => document.documentElement.classList.add('adapted'));
setInterval(() => {
  markCurrentSlots(document, new Date());
  showAge();
}, 5000);
keepCurrent(adapt);
