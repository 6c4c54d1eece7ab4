import { describe, expect, test } from 'vitest';
import { nearest } from '../../../schedule-data/text/nearest.ts';

describe('the name that somebody meant is', () => {
  const tracks = ['nova-placement', 'cinder', 'k8s-sig', 'public-cloud', 'x-y'];
  test.each([
    ['cindre', 'cinder'],
    ['nova', 'nova-placement'],
    ['Placement', 'nova-placement'],
    ['Public Cloud', 'public-cloud'],
    ['cinder-team', 'cinder'],
    ['nov', undefined],
    ['x', undefined],
    ['glance', undefined],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, tracks)).toBe(meant);
  });

  test('one with a slip rather than one that has it as a part', () => {
    expect(nearest('nova', ['nova-placement', 'nove'])).toBe('nove');
  });
});
