import { colord, extend } from 'colord';
import a11y from 'colord/plugins/a11y';
import oklab from 'colord/plugins/oklab';
import { describe, expect, test } from 'vitest';
import { colorOfSlug, distinctColor } from '../../../schedule-data/schedule/generated-colors.ts';

extend([a11y, oklab]);

const teams = [
  ...['nova', 'cinder', 'glance', 'swift', 'neutron', 'keystone', 'horizon', 'heat', 'ironic'],
  ...['manila', 'octavia', 'designate', 'barbican', 'magnum', 'zun', 'kuryr', 'trove', 'sahara'],
  ...['senlin', 'mistral', 'murano', 'masakari', 'watcher', 'vitrage', 'tacker', 'blazar'],
  ...['cyborg', 'freezer', 'karbor', 'solum', 'zaqar', 'storlets', 'rally', 'tempest', 'qa'],
  ...['infra', 'docs', 'i18n', 'oslo', 'requirements', 'release', 'stable', 'security', 'tc'],
  ...['first-contact', 'kolla', 'openstack-ansible', 'tripleo', 'puppet', 'ops', 'edge', 'k8s-sig'],
];

/** How far each colour is from the one most like it, in OKLab, the least first. */
function distances(colors: readonly string[]): number[] {
  const points = colors.map((color) => colord(color).toOklab());
  const nearest = points.map((one, index) =>
    Math.min(
      ...points
        .toSpliced(index, 1)
        .map((other) => Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b)),
    ),
  );
  return nearest.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)];

/** Two colours this far apart can be told from each other, side by side. */
const noticeable = 0.02;

describe('the colour of a slug', () => {
  test('is the same every time, whatever other tracks there are', () => {
    expect(colorOfSlug('nova')).toBe(colorOfSlug('nova'));
    expect(colorOfSlug('nova')).toMatch(/^#[0-9a-f]{6}$/);
  });

  test('differs to the eye from those of fifty others', () => {
    const sorted = distances(teams.map(colorOfSlug));
    expect(sorted[0]).toBeGreaterThan(noticeable);
    expect(median(sorted)).toBeGreaterThan(0.045);
  });

  test('does so with any names: chance brings few together', () => {
    const close = Array.from({ length: 20 }, (_, event) =>
      distances(Array.from({ length: 50 }, (_, team) => colorOfSlug(`team-${event}-${team}`))),
    ).map((sorted) => sorted.filter((distance) => distance < noticeable).length);
    expect(close.reduce((sum, count) => sum + count) / close.length).toBeLessThan(6);
  });

  test('is neither close to white nor to black, and one of them can be read on it', () => {
    for (const team of teams) {
      const color = colord(colorOfSlug(team));
      expect(color.toOklab().l).toBeGreaterThan(0.35);
      expect(color.toOklab().l).toBeLessThan(0.75);
      expect(Math.max(color.contrast('#000'), color.contrast('#fff'))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('a distinct colour', () => {
  test.each([
    [10, 0.15],
    [24, 0.09],
    [50, 0.06],
  ])('is far from all others, with %i tracks', (count, least) => {
    const colors: string[] = [];
    while (colors.length < count) colors.push(distinctColor(colors));
    expect(distances(colors)[0]).toBeGreaterThan(least);
  });

  test('can be found beside any others', () => {
    expect(distinctColor(['#000000', '#ffffff', '#777777'])).toMatch(/^#[0-9a-f]{6}$/);
  });
});
