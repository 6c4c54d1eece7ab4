import { shortMoment } from '../../schedule-data/text/clock.ts';
import { chosenZone } from './zone.ts';

/** Milliseconds without an answer after which the page says how old it is. */
const old = 30_000;

/** `3 min`, `2 h 5 min`, from milliseconds. */
export function age(time: number): string {
  const minutes = Math.floor(time / 60_000);
  if (minutes < 1) return `${Math.floor(time / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** When the site answered last, and since when somebody looks, which is when it is asked. */
interface State {
  readonly answered: Date;
  readonly looking: Date;
  readonly now: Date;
}

/** Says how current the page is, counted from the last answer of the site. */
export function showConnectionStatus(
  { answered, looking, now }: State,
  say: (text: string) => void,
): void {
  const element = document.getElementById('live');
  if (!element) return;
  const time = +now - +answered;
  const wasStale = element.classList.contains('stale');
  // Until the next answer, whoever comes to look meanwhile.
  const isStale = time > old && (wasStale || +now - +looking > old);
  const text = isStale
    ? `no connection · ${age(time)} old, as of ${shortMoment(answered, chosenZone())}`
    : `live ${shortMoment(now, chosenZone())}`;
  if (element.textContent !== text) element.textContent = text;
  if (isStale !== wasStale)
    say(isStale ? 'The connection is gone; this page may be out of date.' : 'Live again.');
  element.classList.toggle('stale', isStale);
  element.hidden = false;
}
