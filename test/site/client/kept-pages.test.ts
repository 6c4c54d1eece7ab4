/** What the service worker decides, without a browser. */
import { describe, expect, test } from 'vitest';
import {
  assetsIn,
  isAsset,
  isOurs,
  keyOf,
  marked,
  navigationIn,
  tooMany,
} from '../../../site/client/kept-pages.ts';

const base = new URL('https://example.org/stein/');

describe('an asset', () => {
  test.each([
    ['https://example.org/stein/assets/site.BCQYicMk.js', true],
    ['https://example.org/stein/assets/tracks.0Tkr1cnjJt.css', true],
    ['https://example.org/stein/assets/site.js', false],
    ['https://example.org/stein/sw.js', false],
    ['https://example.org/stein/revision.json', false],
    ['https://example.org/stein/tracks/assets/site.BCQYicMk.js', false],
    ['https://example.org/assets/site.BCQYicMk.js', false],
    ['https://elsewhere.example/stein/assets/site.BCQYicMk.js', false],
  ])('is what bears its content in its name, below the base: %s', (address, expected) => {
    expect(isAsset(new URL(address), base)).toBe(expected);
  });

  test('is found in pages and in scripts', () => {
    const html = `<link rel="stylesheet" href="/stein/assets/Page.vYA2lfeM.css">
      <script type="module" src="/stein/assets/site.BCQYicMk.js"></script>
      <script src="https://elsewhere.example/stein/assets/x.BCQYicMk.js"></script>
      <a href="/stein/tracks/nova/">nova.js</a>`;
    expect(assetsIn(html, 'https://example.org/stein/tracks/nova/', base)).toEqual([
      'https://example.org/stein/assets/Page.vYA2lfeM.css',
      'https://example.org/stein/assets/site.BCQYicMk.js',
    ]);
    const script = `import{t as e}from"./main.CB007C_P.js";import'./main.CB007C_P.js';"a.css"`;
    expect(assetsIn(script, 'https://example.org/stein/assets/site.BCQYicMk.js', base)).toEqual([
      'https://example.org/stein/assets/main.CB007C_P.js',
    ]);
  });
});

test('pages of the site to which the navigation of a page leads are found', () => {
  const html = `<a href="/stein/tracks/nova/">nova</a><nav class="pages" aria-label="Pages">
    <a href="/stein/" aria-current="page">Schedule</a><a href="https://maps.example/x">Plan</a>
    <a href="/stein/help.html">Help</a></nav><nav><a href="/stein/links.html">Links</a></nav>`;
  expect(navigationIn(html, base)).toEqual([
    'https://example.org/stein/',
    'https://example.org/stein/help.html',
  ]);
});

test.each([
  ['https://example.org/changes/?track=nova#x', 'https://example.org/changes/'],
  ['https://example.org/signage.html#?', 'https://example.org/signage.html'],
  ['https://example.org/', 'https://example.org/'],
])('%s is kept as %s', (address, key) => {
  expect(keyOf(address)).toBe(key);
});

test('what stands at the address and is not of this site is not kept', () => {
  expect(isOurs('<!DOCTYPE html><html lang="en" data-base="/stein/" data-x>', base)).toBe(true);
  expect(isOurs('<html lang="en" data-base="/">', base)).toBe(false);
  expect(isOurs('<html><title>Log in to the network</title>', base)).toBe(false);
});

test('a kept page says as of when it is', () => {
  expect(marked('<!DOCTYPE html><html lang="en"><p>&lt;html', '2018-09-12T20:10:00.000Z')).toBe(
    '<!DOCTYPE html><html data-as-of="2018-09-12T20:10:00.000Z" lang="en"><p>&lt;html',
  );
});

test('of too many pages the oldest go, but not the main one', () => {
  expect(tooMany(['main', 'a', 'b', 'c'], 3, ['main'])).toEqual(['a']);
  expect(tooMany(['a', 'main', 'b', 'c'], 2, ['main'])).toEqual(['a', 'b']);
  expect(tooMany(['main', 'a'], 2, ['main'])).toEqual([]);
});
