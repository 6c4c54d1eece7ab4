import { expect, test } from 'vitest';
import { ClashNews } from '../../bot/clash-news.ts';

const clash = (key: string) => ({ key, text: `${key} clashes` });

test('each clash is said once', () => {
  const news = new ClashNews();
  expect(news.news([clash('a'), clash('b'), clash('a')])).toEqual(['a clashes', 'b clashes']);
  expect(news.news([clash('b'), clash('c')])).toEqual(['c clashes']);
  expect(news.news([clash('b')])).toEqual([]);
  expect(news.news(undefined)).toEqual([]);
});

test('of many a few are said, and how many more there are; those have their turn later', () => {
  const news = new ClashNews();
  const many = ['a', 'b', 'c', 'd', 'e'].map(clash);
  expect(news.news(many)).toEqual([
    'a clashes',
    'b clashes',
    'c clashes',
    '2 more meet at the same time, see ~clashes',
  ]);
  expect(news.news(many)).toEqual(['d clashes', 'e clashes']);
});
