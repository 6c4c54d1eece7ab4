import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, inject, test } from 'vitest';
import type { TopicLogEntry } from '../../../schedule-data/history/topic-log.ts';
import type { CheckIn } from '../../../schedule-data/schedule/presence.ts';
import type { Problem } from '../../../schedule-data/schedule/snapshot.ts';
import { Publisher } from '../../../site/publish/publisher.ts';
import { loadRenderer, type Renderer } from '../../../site/render/load.ts';
import type { SiteContent } from '../../../site/content/site-content.ts';
import { planSite, SitePlanner } from '../../../site/render/plan.ts';
import { renderSite, snapshot, type PlainSchedule } from '../../support/build-site.ts';
import { commitNumber, newestOf } from '../../support/changes.ts';
import { gathering } from '../../support/site-event.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await loadRenderer(inject('renderer'));
});

/** A small event as plain values, to be changed in one place at a time. */
interface State {
  event: Record<string, unknown>;
  rooms: Record<string, Record<string, unknown>>;
  tracks: Record<string, Record<string, unknown>>;
  announcements: unknown[];
  problems: Problem[];
  presence: CheckIn[];
  history: Map<string, TopicLogEntry[]>;
  /** How many changes there are, and which of them reverts which, by number. */
  changes: number;
  reverts: Record<number, number>;
}

const begin = (): State => ({
  event: {
    days: [
      {
        name: 'Monday',
        date: '2018-09-10',
        slots: [
          { name: 'MonA1', start: '09:00', end: '10:45' },
          { name: 'MonP1', start: '13:30', end: '15:15' },
        ],
      },
    ],
  },
  rooms: { aspen: { name: 'Aspen', slots: { MonA1: 'nova', MonP1: '' } }, vail: { name: 'Vail' } },
  tracks: { nova: {}, cinder: { next: ['driver removal'] } },
  announcements: [],
  problems: [],
  presence: [],
  history: new Map(),
  changes: 3,
  reverts: {},
});

const track = fc.constantFrom('nova', 'cinder', 'swift', 'edge');
const room = fc.constantFrom('aspen', 'vail', 'lobby');
const text = fc.constantFrom('cells', 'quotas with #nova', 'see https://example.org/x', '<b>');
const since = fc.constantFrom('2018-09-10T15:00:00Z', '2018-09-10T16:30:00Z');
const put = <T>(values: Record<string, T>, key: string, value: T | undefined) => {
  if (value === undefined) delete values[key];
  else values[key] = value;
};
const tracks = (change: (track: Record<string, unknown>, text: string, since: string) => void) =>
  fc.tuple(track, text, since).map(([slug, text, since]) => (state: State) => {
    change((state.tracks[slug] ??= {}), text, since);
  });
const rooms = (change: (room: Record<string, unknown>, text: string, track: string) => void) =>
  fc.tuple(room, text, track).map(([slug, text, track]) => (state: State) => {
    change((state.rooms[slug] ??= { name: slug }), text, track);
  });

/** Everything that can happen to an event, often the same thing twice. */
const change: fc.Arbitrary<(state: State) => void> = fc.oneof(
  tracks((track, topic, since) => (track.now = { topic, since, by: 'gibi' })),
  tracks((track) => delete track.now),
  tracks((track, text) => (track.next = [text, ...((track.next as string[]) ?? [])].slice(0, 3))),
  tracks((track) => delete track.next),
  tracks((track, location) => (track.location = location)),
  tracks((track, name) => (track.name = name)),
  fc.tuple(track, fc.constantFrom('#27a3dd', '#c0392b')).map(
    ([slug, color]) =>
      (state: State) =>
        put(state.tracks, slug, { ...state.tracks[slug], color }),
  ),
  fc.tuple(track, room).map(
    ([slug, room]) =>
      (state: State) =>
        put(state.tracks, slug, { ...state.tracks[slug], room }),
  ),
  track.map((slug) => (state: State) => put(state.tracks, slug, undefined)),
  rooms((room, _, track) => (room.slots = { MonA1: track, MonP1: '' })),
  rooms((room) => (room.slots = { MonP1: '' })),
  rooms((room, description) => (room.description = description)),
  rooms((room, text) => (room.url = `https://meet.example/${encodeURIComponent(text)}`)),
  room.map((slug) => (state: State) => put(state.rooms, slug, undefined)),
  text.map((message) => (state: State) => state.announcements.push({ level: 'info', message })),
  fc.constant((state: State) => (state.announcements = [])),
  text.map((name) => (state: State) => (state.event.name = name)),
  text.map((name) => (state: State) => {
    state.event.chat = { name, url: 'ircs://irc.oftc.net/ptg' };
  }),
  text.map((title) => (state: State) => {
    state.event.links = [{ title, url: 'https://example.org/' }];
  }),
  fc.constantFrom('Europe/Paris', 'America/Denver').map((timezone) => (state: State) => {
    state.event.timezone = timezone;
  }),
  text.map((message) => (state: State) => state.problems.push({ path: 'event.yaml', message })),
  fc.constant((state: State) => (state.problems = [])),
  fc.tuple(track, since).map(([track, since]) => (state: State) => {
    state.presence = [...state.presence, { nick: 'ada', track, since }];
  }),
  fc.constant((state: State) => (state.presence = [])),
  fc.tuple(track, text, since).map(([track, topic, since]) => (state: State) => {
    const entry = {
      topic,
      since,
      until: '2018-09-10T17:00:00Z',
      by: 'ada',
      room: 'aspen',
      commit: 'c',
    };
    state.history.set(track, [...(state.history.get(track) ?? []), entry]);
  }),
  fc.constant((state: State) => state.history.clear()),
  fc.integer({ min: 1, max: 3 }).map((count) => (state: State) => {
    state.changes += count;
  }),
  fc.integer({ min: 1, max: 3 }).map((number) => (state: State) => {
    state.reverts[++state.changes] = number;
  }),
);

/** What happens between two changes beside them. */
const incident = fc.constantFrom('', '', '', 'restart', 'emptied');

const contentOf = (state: State): SiteContent => {
  const { problems, presence, history, changes, reverts, ...plain } = state;
  return snapshot(
    structuredClone(plain),
    [...problems],
    [...presence],
    new Map(history),
    newestOf(
      changes,
      Object.fromEntries(
        Object.entries(reverts).map(([by, number]) => [by, { reverts: [commitNumber(number)] }]),
      ),
    ),
  );
};

async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    await Promise.all(
      paths.map(
        async (path) => [path.slice(folder.length), await readFile(path, 'latin1')] as const,
      ),
    ),
  );
}

test('makes the same folder change by change as at once, whatever happens', async () => {
  const steps = fc.array(fc.tuple(change, incident), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const root = await mkdtemp(join(tmpdir(), 'ptgbot-incremental-'));
      try {
        const state = begin();
        let time = Date.parse('2018-09-10T15:00:00Z');
        const open = (name: string) => Publisher.open(join(root, name), () => new Date(time));
        let publisher = await open('step-by-step');
        const planner = new SitePlanner(renderer);
        const publish = async (content: SiteContent) => {
          const plan = await planner.plan(content);
          expect((await publisher.publish(content, plan)).problems).toEqual([]);
        };
        await publish(contentOf(state));
        for (const [index, [apply, incident]] of steps.entries()) {
          if (incident === 'restart') publisher = await open('step-by-step');
          if (incident === 'emptied') await rm(join(root, 'step-by-step'), { recursive: true });
          apply(state);
          const content = contentOf(state);
          await publish(content);
          const fresh = `fresh-${index}`;
          await (await open(fresh)).publish(content, await planSite(renderer, content));
          const expected = await filesIn(join(root, fresh));
          const stepByStep = await filesIn(join(root, 'step-by-step'));
          for (const path of stepByStep.keys())
            // Old style sheets stay for an hour.
            if (path.startsWith('/assets/') && !expected.has(path)) stepByStep.delete(path);
          expect(stepByStep).toEqual(expected);
        }
        // The same once more when an hour is over.
        const content = contentOf(state);
        await publish(content);
        time += 2 * 60 * 60_000;
        await publish(content);
        await (await open('fresh')).publish(content, await planSite(renderer, content));
        expect(await filesIn(join(root, 'step-by-step'))).toEqual(
          await filesIn(join(root, 'fresh')),
        );
      } finally {
        await rm(root, { recursive: true, force: true });
      }
    }),
    { numRuns: 25 },
  );
});

const contents = async (content: SiteContent) => {
  const { files } = await renderSite(renderer, content);
  return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
};
const versions = async (planner: SitePlanner, content: SiteContent) => {
  const plan = await planner.plan(content);
  const files = [...plan.files, ...(await plan.later!()).files];
  return new Map(files.flatMap(({ paths, version }) => paths.map((path) => [path, version])));
};
const differences = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>) =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );

const event = gathering();
const nova = event.tracks.nova as Record<string, unknown>;
test.each<[string, PlainSchedule]>([
  ['a topic', { tracks: { nova: { ...nova, now: { topic: 'cells, at last' } } } }],
  ['what comes next', { tracks: { nova: { ...nova, next: ['quotas'] } } }],
  ['a colour', { tracks: { nova: { ...nova, color: '#123456' } } }],
  ['a booking', { rooms: { aspen: { name: 'Aspen', slots: { MonA1: 'nova' } } } }],
])('renders exactly the pages that come out different: %s', async (_, { tracks, rooms }) => {
  const before = snapshot(event);
  const after = snapshot({
    ...event,
    tracks: { ...event.tracks, ...tracks },
    rooms: { ...event.rooms, ...rooms },
  });
  const planner = new SitePlanner(renderer);
  const changed = differences(await versions(planner, before), await versions(planner, after));
  expect(changed).toContain('index.html');
  expect(changed).toEqual(differences(await contents(before), await contents(after)));
});

test('renders for one more change only the pages that list it, and its own', async () => {
  const planner = new SitePlanner(renderer);
  // Whoever made a change is the same object as long as the service runs.
  const before = snapshot(event, [], [], new Map(), newestOf(230));
  const known = before.changes!.newest;
  const after = newestOf(231, { 231: { reverts: [commitNumber(180)] } });
  const changes = { ...after, newest: [...known, after.newest.at(-1)!] };
  const changed = differences(
    await versions(planner, before),
    await versions(planner, snapshot(event, [], [], new Map(), changes)),
  );
  expect(changed.toSorted()).toEqual(
    [
      `changes/${commitNumber(180)}/index.html`,
      `changes/${commitNumber(231)}/index.html`,
      'changes/feed.atom',
      'changes/index.html',
      'tracks/nova/feed.atom',
    ].toSorted(),
  );
});

test('gives every page a view of plain data, so that nothing in it escapes a comparison', () => {
  const { schedule, problems, presence, history, changes } = snapshot(
    event,
    [{ path: 'event.yaml', message: 'expected more' }],
    [{ nick: 'ada', track: 'nova', since: '2018-09-12T15:00:00Z' }],
    new Map([['nova', [{ topic: 'cells', since: '2018-09-12T15:00:00Z', commit: 'c' }]]]),
    newestOf(130),
  );
  const locals = { schedule, problems, presence, history, changes, tracksCss: 'assets/tracks.css' };
  for (const page of renderer.pages)
    for (const params of (page.lasting?.(changes!) ?? page.groups?.(locals).flat())?.map(
      ({ params }) => params,
    ) ?? page.paths(locals)) {
      const view = page.view(locals, params);
      expect(JSON.parse(JSON.stringify(view)), page.file(params)).toEqual(view);
    }
});
