import { describe, expect, test } from 'vitest';
import { mainPage } from '../../../site/view/main-page.ts';
import { clipped } from '../../../site/view/preview.ts';
import { roomPage } from '../../../site/view/room-page.ts';
import { trackPage } from '../../../site/view/track-page.ts';
import { snapshot, type PlainSchedule } from '../../support/build-site.ts';

const at = (topic: string, time: string, more: object = {}) => ({
  now: { topic, since: `2018-09-${time}:00Z`, ...more },
});
const content = (plain: PlainSchedule) => ({ ...snapshot(plain), tracksCss: '' });

describe('the preview of the main page', () => {
  const preview = (tracks: Record<string, unknown>) => mainPage(content({ tracks })).description;

  test.each<[string, Record<string, unknown>, string | undefined]>([
    ['is left to the frame where nothing is on', { nova: { next: ['cells'] } }, undefined],
    [
      'says what is on and as of when, the newest first',
      { cinder: at('volume types, then #nova', '12T19:58'), nova: at('cells', '12T20:05') },
      'Now (Wed 12 Sept 14:05 MDT): nova: cells · cinder: volume types, then #nova',
    ],
    [
      'leaves out what was said on an earlier day than the newest',
      { cinder: at('volume types', '11T19:58'), nova: at('cells', '12T20:05') },
      'Now (Wed 12 Sept 14:05 MDT): nova: cells',
    ],
    [
      'tells a joint discussion once, with all who take part',
      {
        cinder: at('volumes', '12T20:05', { with: ['nova'] }),
        nova: at('volumes', '12T20:05', { with: ['cinder'] }),
      },
      'Now (Wed 12 Sept 14:05 MDT): cinder, nova: volumes',
    ],
    [
      'does without a time that nobody knows',
      { nova: { now: { topic: 'cells' } } },
      'Now: nova: cells',
    ],
    [
      'shortens topics',
      { nova: at('a'.repeat(500), '12T20:05') },
      `Now (Wed 12 Sept 14:05 MDT): nova: ${'a'.repeat(89)}…`,
    ],
    [
      'is plain text, without marks that turn text around',
      { nova: at('\u202e<b>"cells"</b>\u2066', '12T20:05') },
      'Now (Wed 12 Sept 14:05 MDT): nova: <b>"cells"</b>',
    ],
  ])('%s', (_, tracks, expected) => {
    expect(preview(tracks)).toBe(expected);
  });

  test('says how many more there are than there is space for', () => {
    const tracks = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `track${index}`,
        at('something of a usual length', '12T20:05'),
      ]),
    );
    const text = preview(tracks) ?? '';
    expect(text).toMatch(/ · 3\d more$/);
    expect(text.length).toBeLessThanOrEqual(220);
  });
});

test('the preview of a room says who is there', () => {
  const tracks = {
    nova: { ...at('cells', '12T20:05'), room: 'aspen' },
    cinder: at('volume types', '12T20:00'),
  };
  const rooms = { aspen: { name: 'Aspen' }, vail: { name: 'Vail' } };
  const preview = (room: string) => roomPage(content({ tracks, rooms }), { room }).description;
  expect(preview('aspen')).toBe('Now (Wed 12 Sept 14:05 MDT): nova: cells');
  expect(preview('vail')).toBe('What is discussed in Vail, and who has booked it.');
});

test.each<[string, object, string]>([
  [
    'its topic, where, and what comes next',
    { ...at('cells', '12T20:05'), room: 'aspen', next: ['quotas', 'lunch'] },
    'Now (Wed 12 Sept 14:05 MDT): cells · Aspen · next: quotas · lunch',
  ],
  ['what comes next', { next: ['quotas'] }, 'next: quotas'],
  [
    'what the page is for where nothing is announced',
    { room: 'aspen' },
    'What nova discusses now and next, where, and what it has discussed.',
  ],
])('the preview of a track says %s', (_, nova, expected) => {
  const page = trackPage(content({ tracks: { nova }, rooms: { aspen: { name: 'Aspen' } } }), {
    track: 'nova',
  });
  expect(page).toMatchObject({ description: expected });
});

test.each([
  ['as it is', 10, 'as it is'],
  ['cut between words', 5, 'cut…'],
  ['👩‍💻👩‍💻', 8, '👩‍💻…'],
  [`a${'\u0301'.repeat(20)}`, 5, '…'],
])('%j in %i characters is %j', (text, most, expected) => {
  expect(clipped(text, most)).toBe(expected);
});
