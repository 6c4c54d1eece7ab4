import type { Feed, FeedEntry } from '../view/changes-feed.ts';
import { element, escaped } from './xml.ts';

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

const link = (rel: string, href: string | undefined) =>
  href === undefined ? '' : `<link rel="${rel}" href="${escaped(href)}"/>`;
