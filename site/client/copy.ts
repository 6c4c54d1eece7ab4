import { search } from './search.ts';
import { setText } from './set-text.ts';
import { settings } from './settings.ts';

/** Completes what can be copied: who marked one track only, books for that one. */
export function commandFor(command: string, stars: readonly string[]): string {
  const [only = ''] = stars;
  return stars.length === 1 ? command.replace('#yourtrack', `#${only}`) : command;
}

/** A click on `data-copy`, or Enter there, copies the command that it holds. */
export function copyOnClick(say: (text: string) => void): void {
  const copy = (event: Event) => {
    const element = (event.target as Element).closest<HTMLElement>('[data-copy]');
    if (!element || element.closest('.over')) return;
    event.preventDefault();
    const command = commandFor(element.dataset.copy ?? '', settings().stars);
    copyText(command).then(
      () => say(`Copied: ${command}`),
      () => say(`Please copy by hand: ${command}`),
    );
  };
  document.addEventListener('click', copy);
  document.addEventListener('keydown', (event) => {
    if (
      (event.key === 'Enter' || event.key === ' ') &&
      !(event.target instanceof HTMLButtonElement)
    )
      copy(event);
  });
}

async function copyText(text: string): Promise<void> {
  if (isSecureContext) return navigator.clipboard.writeText(text);
  // Without TLS browsers have the old way only.
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  if (!document.execCommand('copy')) throw new Error('the browser does not copy');
}

/**
 * Codes of free slots are in the way of the keyboard only when the reader looks for free slots. The
 * example names the first slot that is not over.
 */
export function showCodes(page: Document): void {
  const { onlyFree } = search();
  const codes = [...page.querySelectorAll<HTMLElement>('.free')];
  const toCome = codes.filter((code) => !code.closest('.over'));
  showExample(page, toCome[0]?.dataset.copy);
  for (const code of codes)
    if (onlyFree && toCome.includes(code)) {
      code.setAttribute('role', 'button');
      code.setAttribute('tabindex', '0');
    } else {
      code.removeAttribute('role');
      code.removeAttribute('tabindex');
    }
}

function showExample(page: Document, command: string | undefined): void {
  const hint = page.querySelector<HTMLElement>('.to-book');
  const copy = hint?.querySelector<HTMLElement>('.copy');
  if (!hint || !copy) return;
  hint.hidden = command === undefined;
  if (command === undefined) return;
  setText(hint.querySelector('code'), command);
  copy.dataset.copy = command;
  copy.setAttribute('aria-label', `Copy ${command}`);
}
