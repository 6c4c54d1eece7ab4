/** Turns notifications on and off, in the panel of the reader's tracks. */
import { settings } from '../settings.ts';
import { make } from './make.ts';

/** Only with https; on an iPhone or iPad only for what was put on the home screen. */
const canNotify = () => 'Notification' in window && 'locks' in navigator;

const isOn = () => settings().notify && Notification.permission === 'granted';

/** Nothing where the browser has none. The browser is asked upon a click only. */
export function notifySwitch(choose: (notify: boolean) => void): readonly Element[] {
  if (!canNotify()) return [];
  const button = make('button', { type: 'button' });
  const answer = make('p', { className: 'hint' });
  answer.role = 'status';
  const turn = async () => {
    const wasOn = isOn();
    const permission = wasOn ? 'granted' : await Notification.requestPermission();
    answer.textContent =
      permission === 'denied'
        ? 'Your browser blocks notifications from this site: allow them in its settings for this site, then choose “Notify me” again.'
        : '';
    choose(permission === 'granted' && !wasOn);
  };
  button.addEventListener('click', () => void turn());
  return [
    make(
      'section',
      { className: 'notify' },
      make('h3', {}, 'Notifications'),
      make(
        'p',
        {},
        'Your browser can tell you when one of these tracks announces what it discusses, and 10 minutes before it meets, as long as this page is open in a tab.',
      ),
      button,
      answer,
    ),
  ];
}

/** Says what a click does at the moment. */
export function showNotifySwitch(panel: Element): void {
  const section = panel.querySelector<HTMLElement>('.notify');
  if (!section) return;
  section.hidden = settings().stars.length === 0;
  section.querySelector('button')!.textContent = isOn() ? 'Stop notifying me' : 'Notify me';
}
