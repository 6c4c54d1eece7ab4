import { readPlan } from '../../schedule-data/format/plan.ts';
import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import { snapshot } from './build-site.ts';
import { change, commitNumber, variousChanges } from './changes.ts';

/** Eighty letters without a place to break. */
const unbreakable =
  'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzgebungsverfahren'.padEnd(80, 's');
const arabic = 'مناقشة واجهات البرمجة والترجمة مع فريق #cinder قبل الغداء في القاعة الكبيرة';
const chinese = '关于国际化与本地化工作组下一个周期计划的讨论以及与其他团队的协调安排和时间表';
const long =
  'Retrospective of the last cycle: what worked for sites with 200 ms of latency, what did not, who writes it down, and what we have to tell #keystone about federation before Friday; see https://etherpad.example.org/p/retrospective-of-the-last-cycle-and-what-comes-of-it';

const dayNames = ['Monday', 'Wednesday', 'Donnerstag, der letzte Tag der Zusammenkunft'];
const hours = [
  ['08:00', '10:45'],
  ['13:30', '15:15'],
  ['22:30', '25:45'],
] as const;
const slotName = (day: number, slot: number) => `D${day + 1}S${slot + 1}`;

const names: readonly (readonly [slug: string, name: string | undefined, topic: string])[] = [
  ['nova', undefined, 'multi-attach with #cinder'],
  ['cinder', undefined, long],
  ['keystone', undefined, unbreakable],
  ['internationalization-and-localization-of-documents', undefined, chinese],
  ['lange', unbreakable, arabic],
  ['国际化与本地化工作组', '国际化与本地化工作组', 'https://example.org/' + 'a/'.repeat(60)],
  ['الترجمة', 'فريق الترجمة والتعريب والتوثيق', `${arabic} ${unbreakable}`],
];

const rooms = [
  'Aspen',
  'Breakfast Room (Right-side) - Croke Park Hotel - Level 2, behind the registration desk',
  unbreakable.slice(0, 60),
  '国际会议中心三楼大会议厅东侧第二会议室',
  'القاعة الكبرى في الطابق الثالث بجانب المكتبة',
];
const slugs = ['aspen', 'breakfast-room', 'rindfleisch', '大会议厅', 'القاعة'];

const tracks = Object.fromEntries<unknown>(
  names.map(([slug, name, topic], index) => [
    slug,
    {
      name,
      url: `https://meet.example.org/${slug}`,
      // One says nothing, and is booked.
      ...(index !== 3 && {
        now: { topic, since: `2018-09-12T${index % 2 ? '19:55' : '15:05'}:00Z`, by: 'gibi' },
      }),
      ...(index % 3 === 2
        ? { location: `${long.slice(0, 110)} ${unbreakable}` }
        : { room: slugs[index % slugs.length] }),
      next: [topic, unbreakable, long, arabic].slice(index % 3),
    },
  ]),
);

const log: readonly TopicLogEntry[] = names.map(([, , topic], index) => ({
  topic,
  since: `2018-09-1${index > 3 ? 2 : 0}T1${index}:05:00Z`,
  until: `2018-09-1${index > 3 ? 2 : 0}T1${index}:45:00Z`,
  by: index % 2 ? 'somebody_with_a_very_long_nick_indeed' : undefined,
  room: slugs[index % slugs.length],
  location: index % 3 ? undefined : unbreakable,
  commit: '',
}));

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 300">
  <g id="aspen"><rect width="300" height="300" fill="#cde"/><text x="20" y="150" font-size="40" fill="#000">Aspen</text></g>
  <g id="breakfast-room"><rect x="300" width="600" height="300" fill="#edc"/><text x="320" y="150" font-size="40" fill="#000">Breakfast Room</text></g>
</svg>`;

/** With a drawing of two rooms. */
export function withPlan(content: SiteContent): SiteContent {
  const plan = readPlan(Buffer.from(drawing));
  if (!plan.ok) throw new Error(plan.message);
  const { schedule } = content;
  const event = { ...schedule.event, plan: 'plan.svg' };
  return { ...content, schedule: { ...schedule, event }, plan: plan.value };
}

/** What people wrote in all its lengths and scripts, on every kind of page: for looking at boxes. */
export function writtenEvent(): SiteContent {
  const problem = {
    path: `tracks/${unbreakable}.yaml`,
    line: 4,
    message: `${long}, and not "${unbreakable}"`,
    author: 'somebody_with_a_very_long_nick_indeed',
  };
  const presence = ['gibi', 'somebody_with_a_very_long_nick', 'ميلاد', '王小明'].map((nick) => ({
    nick,
    track: 'cinder',
    since: '2018-09-12T20:00:00Z',
  }));
  const changes = variousChanges();
  const content = snapshot(
    {
      event: {
        name: 'Internationale Zusammenkunft der Donaudampfschifffahrtsgesellschaftskapitäne und ihrer Gäste',
        chat: {
          name: '#a-channel-with-a-very-long-name-indeed-of-the-event',
          url: 'ircs://irc.example.org/channel',
        },
        links: [
          { title: 'Venue map', url: 'https://example.org/map.pdf' },
          { title: unbreakable, url: 'https://example.org/' },
          { title: arabic, url: 'https://example.org/ar' },
          { title: long.slice(0, 190), url: `https://example.org/${unbreakable}` },
        ],
        days: dayNames.map((name, day) => ({
          name,
          date: `2018-09-${[10, 12, 13][day]}`,
          slots: hours.map(([start, end], slot) => ({ name: slotName(day, slot), start, end })),
        })),
      },
      rooms: Object.fromEntries<unknown>(
        rooms.map((name, index) => [
          slugs[index]!,
          {
            name,
            order: String(index + 1),
            description: [`10 person table`, long.slice(0, 150), unbreakable, chinese, arabic][
              index
            ],
            ...(index % 2 && { url: 'https://meet.example.org/room' }),
            equipment: [
              { icon: 'video', label: 'Video projection' },
              { icon: 'phone', label: unbreakable },
            ],
            slots: Object.fromEntries(
              dayNames.flatMap((_, day) =>
                hours.map((_, slot) => [
                  slotName(day, slot),
                  (day + slot + index) % 4 === 3
                    ? ''
                    : names[(day + index + (slot >> 1)) % names.length]![0],
                ]),
              ),
            ),
          },
        ]),
      ),
      tracks,
      announcements: [
        { level: 'danger', message: `${long.slice(0, 120)} ${unbreakable}` },
        { level: 'warning', message: arabic },
        { level: 'info', message: `${chinese}: https://example.org/${unbreakable}` },
      ],
    },
    [problem],
    presence,
    new Map([
      ['nova', log],
      ['cinder', log],
    ]),
    {
      ...changes,
      newest: changes.newest.map((one, index) =>
        index === changes.newest.length - 2
          ? change(299, {
              commit: commitNumber(299),
              author: unbreakable,
              subject: `${unbreakable} ${long}`,
              sentences: [long, unbreakable, arabic, chinese],
              files: [
                {
                  path: `rooms/${unbreakable}.yaml`,
                  lines: [
                    ['-', `  name: ${arabic}`],
                    ['+', `  name: ${unbreakable} ${long}`],
                    ['+', `  location: ${chinese}`],
                  ],
                  more: 3,
                },
              ],
              tracks: ['internationalization-and-localization-of-documents'],
            })
          : one,
      ),
    },
  );
  return withPlan(content);
}
