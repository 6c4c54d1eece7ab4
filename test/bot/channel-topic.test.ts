import { describe, expect, test } from 'vitest';
import type { Topic } from '../../bot/chat.ts';
import { TopicKeeper, topicWith } from '../../bot/channel-topic.ts';

const theirs = (text: string): Topic => ({ text, isOurs: false });
const ours = (text: string): Topic => ({ text, isOurs: true });
const limit = 300;

describe('the topic', () => {
  test.each<[string, string[], Topic, boolean, string | undefined]>([
    ['stays without danger', [], theirs('PTG'), true, undefined],
    ['gets the danger before it', ['Fire'], theirs('PTG'), true, '⚠ Fire ⚠ PTG'],
    ['gets it where there was none', ['Fire'], theirs(''), true, '⚠ Fire ⚠'],
    ['gets all of them', ['Fire', 'Flood'], theirs('PTG'), true, '⚠ Fire · Flood ⚠ PTG'],
    ['follows them', ['Flood'], ours('⚠ Fire ⚠ PTG'), true, '⚠ Flood ⚠ PTG'],
    ['is the old one afterwards', [], ours('⚠ Fire ⚠ PTG'), true, 'PTG'],
    ['is empty again afterwards', [], ours('⚠ Fire ⚠'), true, ''],
    ['is mended after a time away', ['Flood'], ours('⚠ Fire ⚠ PTG'), false, '⚠ Flood ⚠ PTG'],
    ['is right already', ['Fire'], ours('⚠ Fire ⚠ PTG'), true, undefined],
    ['of somebody else stays', ['Fire'], theirs('New topic'), false, undefined],
    ['of somebody else stays afterwards', [], theirs('⚠ Fire ⚠ New topic'), true, undefined],
    ['keeps the sign out of a danger', ['⚠ a ⚠ b'], theirs('PTG'), true, '⚠ a  b ⚠ PTG'],
  ])('%s', (_, dangers, topic, hasChanged, expected) => {
    expect(topicWith(dangers, topic, { limit, hasChanged })).toBe(expected);
  });

  test('is not cut for a danger; the danger is, or left out', () => {
    const long = topicWith(['é'.repeat(200)], theirs('x'.repeat(200)), { limit, hasChanged: true });
    expect(Buffer.byteLength(long!)).toBeLessThanOrEqual(limit);
    expect(long).toMatch(/^⚠ é+… ⚠ x{200}$/);
    expect(topicWith(['Fire'], theirs('x'.repeat(290)), { limit, hasChanged: true })).toBe(
      undefined,
    );
  });
});

test('a danger that is announced while we are away goes into the topic when we are back', () => {
  const set: [string, string][] = [];
  let topic: Topic | undefined;
  const keeper = new TopicKeeper(
    { of: () => topic, set: (channel, text) => set.push([channel, text]), limit },
    ['#ptg'],
  );
  const announce = (...dangers: string[]) =>
    keeper.announced([
      { level: 'info', message: 'Lunch' },
      ...dangers.map((message) => ({ level: 'danger' as const, message })),
    ]);
  announce();
  announce('Fire');
  expect(set).toEqual([]);
  topic = theirs('PTG');
  keeper.changed('#ptg');
  expect(set).toEqual([['#ptg', '⚠ Fire ⚠ PTG']]);
  topic = theirs('Somebody wants it so');
  keeper.changed('#ptg');
  expect(set).toHaveLength(1);
});
