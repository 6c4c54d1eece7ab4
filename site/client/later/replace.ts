import { Idiomorph } from 'idiomorph';

/** As long as the style sheet takes to let the mark of a change fade. */
const fadeTime = 2000;

/** What the script alone writes: the newer page knows nothing of it. */
const ours = '#live, #news, #message, #other-zone, #own, #mine';

/**
 * Makes the page that of a newer one, touching only what differs, so that scrolling, focus,
 * selected text and what is open stay; `adapt` makes of it what this reader sees. Elements with
 * `data-live` that changed are marked for a while.
 */
export async function replacePage(page: Document, adapt: (page: Document) => void): Promise<void> {
  await replaceColors(page);
  document.title = page.title;
  const { timezone, dayBegins, formerly = '' } = page.documentElement.dataset;
  Object.assign(document.documentElement.dataset, { timezone, dayBegins, formerly });
  // Not before: the reader may have chosen something meanwhile.
  adapt(page);
  for (const element of document.querySelectorAll('.changed')) element.classList.remove('changed');

  const changed = new Set<Element>();
  const note = (node: Node) => {
    if (node instanceof Element && node.matches('[data-live]')) changed.add(node);
  };
  await Idiomorph.morph(document.body, page.body, {
    morphStyle: 'outerHTML',
    callbacks: {
      beforeNodeMorphed: (old, replacement) => {
        if (old instanceof Element && old.matches(ours)) return false;
        if (!old.isEqualNode(replacement)) note(old);
        return true;
      },
      afterNodeAdded: note,
      // Readers open and close things, newer pages don't.
      beforeAttributeUpdated: (name, node) =>
        !(name === 'open' && node.matches('details')) &&
        !(name === 'aria-expanded' && node.matches('#unfold')) &&
        !(name === 'class' && node.matches('.whole')),
    },
  });
  for (const element of changed) element.classList.add('changed');
  setTimeout(() => changed.forEach((element) => element.classList.remove('changed')), fadeTime);
}

/** Loads the newer colours of the tracks before anything needs them. */
async function replaceColors(page: Document): Promise<void> {
  const [old, newer] = [document, page].map((document) =>
    document.querySelector<HTMLLinkElement>('link[data-tracks]'),
  );
  const href = newer?.getAttribute('href');
  if (!old || !href || old.getAttribute('href') === href) return;
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href });
  link.dataset.tracks = '';
  await new Promise<void>((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${href} does not load`)));
    old.after(link);
  });
  old.remove();
}
