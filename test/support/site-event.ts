import type { TopicLogEntry, TopicLogs } from '../../schedule-data/history/topic-log.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { PlainSchedule } from './build-site.ts';

const trackNames =
  'airship ansible api-sig barbican blazar charms cinder cyborg docs-i18n edge first-contact glance heat helm helproom horizon infra interop ironic k8s-sig kata-qemu keystone kolla manila masakari monasca neutron nova octavia ops-meetup oslo publiccloud-wg qa sahara scientific-sig self-healing starlingx swift tc tripleo tungsten uc upgrades watcher'.split(
    ' ',
  );
const roomNames = [
  ...'Aspen,Ballroom A,Ballroom B,Ballroom C,Ballroom D,Big Thompson,Blanca Peak,Blue Spruce'.split(
    ',',
  ),
  ...'Breckenridge,Clear Creek,Columbine,Crestone Peak,Grays Peak,Humboldt Peak,Long’s Peak'.split(
    ',',
  ),
  ...'Mount Elbert A,Mount Elbert B,Platte River,Steamboat,Telluride,Torreys Peak,Vail,Winter Park'.split(
    ',',
  ),
];
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const hours = {
  A1: ['09:00', '10:45'],
  A2: ['10:45', '12:30'],
  P1: ['13:30', '15:15'],
  P2: ['15:15', '17:00'],
};
const colors = {
  nova: '#27a3dd',
  cinder: '#7d3c98',
  swift: '#f4d03f',
  neutron: '#1e8449',
  tc: '#c0392b',
  edge: '#111111',
  ironic: '#e8e8e8',
};

const roomSlug = (name: string) => name.toLowerCase().replace('’', '').replaceAll(' ', '-');

/**
 * An event as large as a real one (23 rooms, 5 days of 4 slots, 44 tracks) in the middle of its
 * third day.
 */
export function gathering(): Required<PlainSchedule> {
  const slotNames = dayNames.flatMap((day) =>
    Object.keys(hours).map((part) => `${day.slice(0, 3)}${part}`),
  );
  const rooms = roomNames.map((name, roomIndex) => [
    roomSlug(name),
    {
      name,
      order: String(roomIndex + 1),
      description: roomIndex % 3 === 0 ? 'Fits a team of 10' : '10 person table',
      ...(name.startsWith('Ballroom') && { url: `https://meet.example.org/${roomSlug(name)}` }),
      equipment: roomIndex % 2 === 0 ? [{ icon: 'facetime-video', label: 'Video projection' }] : [],
      slots: Object.fromEntries(
        slotNames.flatMap((slot, slotIndex) => {
          const half = Math.floor(slotIndex / 2);
          const seed = (roomIndex * 7 + half * 5) % 11;
          if (seed === 0) return [];
          return [[slot, seed < 4 ? '' : (trackNames[(roomIndex * 2 + half) % 44] ?? '')]];
        }),
      ),
    },
  ]);
  const tracks = Object.fromEntries(
    trackNames.map((name): [string, Record<string, unknown>] => [
      name,
      { ...(name in colors && { color: colors[name as keyof typeof colors] }) },
    ]),
  );
  const now = (topic: string, since: string, by: string) => ({
    now: { topic, since: `2018-09-12T${since}:00Z`, by },
  });
  Object.assign(tracks.nova ?? {}, now('multi-attach with #cinder', '20:05', 'gibi'), {
    room: 'ballroom-a',
    url: 'https://wiki.example.org/nova',
    formerly: ['compute'],
  });
  Object.assign(tracks.cinder ?? {}, now('volume types, then lunch', '19:58', 'jungleboyj'), {
    room: 'platte-river',
    next: ['multi-attach with #nova', 'driver removal policy'],
  });
  Object.assign(
    tracks.edge ?? {},
    now(
      'Retrospective of the last cycle: what worked for sites with 200 ms of latency, and what we have to tell #keystone about federation before Friday',
      '19:40',
      'csatari',
    ),
    { location: 'the big sofa near the bar, Level 2' },
  );
  Object.assign(
    tracks['first-contact'] ?? {},
    now('Ask us anything: https://etherpad.example.org/p/first-contact', '20:00', 'mattoliverau'),
    { room: 'vail' },
  );
  Object.assign(tracks.swift ?? {}, {
    next: ['at 2pm we plan to discuss #glance support', 'around 3pm cold storage features'],
  });
  Object.assign(tracks.ironic ?? {}, { next: ['deploy steps, right after lunch'] });
  return {
    event: {
      links: [
        { title: 'Venue map', url: 'https://example.org/map.pdf' },
        { title: 'All etherpads', url: 'https://wiki.example.org/etherpads' },
        { title: 'Guide to the city', url: 'https://wiki.example.org/city' },
      ],
      days: dayNames.map((name, index) => ({
        name,
        date: `2018-09-${10 + index}`,
        slots: Object.entries(hours).map(([part, [start, end]]) => ({
          name: `${name.slice(0, 3)}${part}`,
          start,
          end,
        })),
      })),
    },
    rooms: Object.fromEntries(rooms) as Record<string, unknown>,
    tracks,
    announcements: [
      { level: 'warning', message: 'Lunch moved to the lobby: see https://example.org/lunch.' },
      { level: 'info', message: 'The group photo is today at 12:30 in front of Ballroom C' },
    ],
  };
}

/** Who is checked in there. */
export const gathered: readonly CheckIn[] = [
  'gibi',
  'efried',
  'somebody_with_a_very_long_nick',
].map((nick) => ({ nick, track: 'nova', since: '2018-09-12T20:00:00Z' }));

/** What its largest track discussed. */
export function discussed(): TopicLogs {
  const entry = (
    since: string,
    until: string | undefined,
    more: Partial<TopicLogEntry>,
  ): TopicLogEntry => ({
    topic: '',
    since: `2018-09-${since}:00Z`,
    until: until === undefined ? until : `2018-09-${until}:00Z`,
    by: 'gibi',
    room: 'ballroom-a',
    commit: '',
    ...more,
  });
  const placement =
    'extraction of placement: what is left, who does it, and until when; see https://etherpad.example.org/p/placement';
  return new Map([
    [
      'nova',
      [
        entry('10T15:05', '10T16:40', { topic: 'retrospective of the last cycle' }),
        entry('10T16:40', '10T18:30', { topic: placement, by: 'efried' }),
        entry('11T15:00', '11T18:00', { topic: 'quotas', location: 'the big sofa near the bar' }),
        entry('11T20:00', '12T07:10', { topic: 'a dinner that lasted', by: undefined }),
        entry('12T17:00', '12T18:30', { topic: 'مرحبا and #cinder' }),
        entry('12T20:05', undefined, { topic: 'multi-attach with #cinder' }),
      ],
    ],
  ]);
}
