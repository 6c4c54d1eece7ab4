import type { Feed, FeedEntry } from '../view/changes-feed.ts';

/** A feed as RFC 4287 has it. */
export function atom({ id, title, updated, self, alternate, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', id),
    element('title', title),
    element('updated', updated),
    link('self', self),
    link('alternate', alternate),
    ...entries.map(entryElement),
    '</feed>\n',
  ]
    .filter(Boolean)
    .join('\n');
}

function entryElement(entry: FeedEntry): string {
  const { id, title, published, updated, author, content, alternate } = entry;
  return [
    '<entry>',
    element('id', id),
    element('title', title),
    element('published', published),
    element('updated', updated),
    `<author>${element('name', author)}</author>`,
    link('alternate', alternate),
    element('content', content),
    '</entry>',
  ]
    .filter(Boolean)
    .join('\n');
}

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`;

const link = (rel: string, href: string | undefined) =>
  href === undefined ? '' : `<link rel="${rel}" href="${escaped(href)}"/>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Signs that XML 1.0 cannot hold at all, such as the colours of IRC, are left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => entities[sign]!);
}
