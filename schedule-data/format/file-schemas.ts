/**
 * The format of the data files. Every scalar arrives as a string (YAML's failsafe schema, see
 * yaml.ts); these schemas check it and convert. A doc comment on a field is for programmers; its
 * `describe` text goes into the JSON Schemas that help people in their editors.
 */
import { z } from 'zod';
import { fold, isSlug, slugify } from '../text/slug.ts';
import { expected } from '../text/text.ts';
import { isTimezone } from '../text/timezone.ts';
import { minutesADay, minutesOf } from '../text/time-of-day.ts';
import { formatVersion } from './format-version.ts';
import type { Plan } from './plan.ts';

/** The longest texts, in characters: of a topic or announcement, a location, a subscription. */
export const longestTopic = 1000;
export const longestLocation = 200;
export const longestPattern = 300;

const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

const line = (most: number) =>
  z
    .string(expected('a line of text such as "Lunch at noon"'))
    .max(most, expected(`at most ${most} characters`))
    .refine((text) => text.trim() !== '', expected('some text such as "Lunch at noon"'))
    .refine((text) => !controlCharacters.test(text), expected('no control characters'));

const webAddress = z
  .string(expected('a web address such as https://example.org/'))
  .max(2000, expected('at most 2000 characters'))
  .regex(/^https?:\/\/[^\s<>"\p{Cc}]+$/u, expected('a web address such as https://example.org/'))
  .refine((text) => URL.canParse(text), expected('a web address such as https://example.org/'))
  // The pages are public.
  .refine((text) => !URL.parse(text)?.password, expected('an address without a password'));

const someChat = expected('an address such as ircs://irc.oftc.net/openinfra-events');
const chatAddress = z
  .string(someChat)
  .max(2000, expected('at most 2000 characters'))
  .regex(/^(?:https?|ircs?):\/\/[^\s<>"\p{Cc}]+$/u, someChat)
  .refine((text) => URL.canParse(text), someChat)
  .refine((text) => !URL.parse(text)?.password, expected('an address without a password'));

const slug = z.string(expected('a lower-case name such as nova')).superRefine((text, context) => {
  if (isSlug(text)) return;
  const better = slugify(text);
  context.addIssue(
    `expected a lower-case name such as ${better ?? 'nova'} (letters, digits and . _ + -)`,
  );
});

const somePlan = expected(
  'a file beside event.yaml such as plan.svg (or .png, .jpg, .webp), or a web address',
);
const planPlace = z
  .string(somePlan)
  .max(2000, expected('at most 2000 characters'))
  .regex(/^(?:plan\.(?:svg|png|jpe?g|webp)|https?:\/\/[^\s<>"\p{Cc}]+)$/u, somePlan)
  .refine((text) => text.startsWith('plan.') || isWebAddress(text), somePlan);

/** Slots are named in codes such as `aspen-FriP1`, so they are one word. */
const slotName = z
  .string(expected('a slot name such as FriP1'))
  .max(40, expected('at most 40 characters'))
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]*$/u, expected('one word such as FriP1'));

const someTime = expected('a time of day such as "09:00", or "25:00" for an hour after midnight');
const timeOfDay = z.string(someTime).regex(/^([0-3]\d|4[0-7]):[0-5]\d$/, someTime);

const someBegin = expected('a time of day such as "04:00"');
const beginOfDay = z.string(someBegin).regex(/^([01]\d|2[0-3]):[0-5]\d$/, someBegin);

const someDate = expected('a date such as "2018-09-10"');
const date = z
  .string(someDate)
  .regex(/^\d{4}-\d\d-\d\d$/, someDate)
  .refine(
    (text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false,
    expected('a date that exists, such as "2018-09-10"'),
  );

const someZone = expected('an IANA time zone such as Europe/Paris');
const timezone = z.string(someZone).refine(isTimezone, someZone);

/** The icon of a piece of equipment. */
const someIcon = expected('the name of an icon such as video');
const iconName = z.string(someIcon).regex(/^[a-z0-9-]{1,40}$/, someIcon);

const test = (schema: z.ZodType) => (text: string) => schema.safeParse(text).success;

/** Whether a data file may hold this text as such a value. */
export const isWebAddress = test(webAddress);
export const isSlotName = test(slotName);
export const isIconName = test(iconName);
export const isDate = test(date);
export const isLine = (text: string, most: number) => test(line(most))(text);

/** A list, with an example for whoever wrote something else. */
const list = <T extends z.ZodType>(item: T, example: string) =>
  z.array(item, expected(`a list such as ${example}`)).readonly();

/** Fields, with an example for whoever wrote something else. */
const fields = <S extends z.ZodRawShape>(shape: S, example: string) =>
  z.strictObject(shape, expected(example));

const slot = fields(
  {
    name: slotName.describe('One word, unique in the event: MonA1'),
    start: timeOfDay.describe(
      'Local time in the zone of the event, "09:00"; from "24:00" on it is after midnight, on the next date',
    ),
    end: timeOfDay.describe('Before the start means after midnight, as "24:00" and more do'),
  },
  'a slot such as { name: MonA1, start: "09:00", end: "10:45" }',
)
  .refine(({ start, end }) => minutesOf(end) - minutesOf(start) <= minutesADay, {
    ...expected('an end within a day of the start'),
    path: ['end'],
  })
  .readonly();

const day = fields(
  {
    name: line(60).describe('Monday'),
    date: date.optional().describe('"2018-09-10"; may be missing until it is known'),
    slots: list(slot, '[{ name: MonA1, start: "09:00", end: "10:45" }]').default([]),
  },
  'a day such as { name: Monday, date: "2018-09-10" }',
).readonly();

const link = fields(
  { title: line(200), url: webAddress },
  'a link such as { title: "Venue map", url: "https://example.org/map" }',
).readonly();

const eventInfo = fields(
  {
    format: z
      .literal(
        String(formatVersion),
        expected(`a format such as ${formatVersion}: newer data needs a newer ptgbot`),
      )
      .transform(Number)
      .optional()
      .describe('Of the data files; the first one unless given'),
    id: z
      .string(expected('one word such as denver-ptg'))
      .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]{0,59}$/u, expected('one word such as denver-ptg'))
      .describe('Part of the names of etherpads and of files; keeps its case'),
    name: line(200).describe('What the event calls itself'),
    timezone: timezone.describe('IANA time zone; all times of slots are in it'),
    etherpads: webAddress
      .default('https://etherpad.opendev.org/p/')
      .describe("A track's etherpad is this, the id of the event, - and the track"),
    moderation: z
      .enum(['everyone', 'voiced'], expected('everyone or voiced'))
      .default('everyone')
      .describe('Who may issue track commands'),
    chat: fields(
      {
        name: line(100).describe('As people know it: "#openinfra-events"'),
        url: chatAddress.describe('ircs://irc.oftc.net/openinfra-events'),
        web: webAddress.optional().describe('Where to join it in a browser'),
      },
      'a channel such as { name: "#ptg", url: "ircs://irc.oftc.net/ptg" }',
    )
      .readonly()
      .optional()
      .describe('The channel in which people say what is on'),
    plan: planPlace
      .optional()
      .describe('Of the venue: plan.svg (or .png, .jpg, .webp) in the repository, or an address'),
    newday: beginOfDay
      .optional()
      .describe('When a day ends and a new one begins by itself, "04:00": topics and check-ins go'),
    adjacentSlots: z
      .enum(['joined', 'separate'], expected('joined or separate'))
      .optional()
      .describe(
        'Is what a track booked in a room without a break one meeting, and one entry of calendars (joined)?',
      ),
    links: list(link, '[{ title: "Venue map", url: "https://example.org/map" }]').default([]),
    days: list(day, '[{ name: Monday, date: "2018-09-10" }]').default([]),
  },
  'fields such as id: denver-ptg, name: Denver, timezone: America/Denver',
)
  .superRefine((event, context) => {
    const seen = new Set<string>();
    event.days.forEach((day, dayIndex) =>
      day.slots.forEach((slot, slotIndex) => {
        const path = ['days', dayIndex, 'slots', slotIndex, 'name'];
        if (seen.has(fold(slot.name)))
          context.addIssue({
            code: 'custom',
            path,
            message: `expected each slot name once in the event, ${slot.name} is there twice`,
          });
        seen.add(fold(slot.name));
      }),
    );
  })
  .readonly();

/** `MonA1:`, `MonA1: ~` and `MonA1: null` are a free slot, anything else names the track. */
const booking = z
  .string(expected('the name of a track such as nova, or nothing'))
  .transform((text, context) => {
    if (text === '' || text === '~' || text === 'null') return null;
    const track = slug.safeParse(text);
    if (!track.success) track.error.issues.forEach((issue) => context.addIssue(issue.message));
    return text;
  });

const someInstant = expected('a time in UTC such as "2018-09-10T15:04:05Z"');
const instant = z
  .string(someInstant)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, someInstant)
  .refine((text) => !Number.isNaN(Date.parse(text)), expected('a time that exists'));

const room = fields(
  {
    name: line(100).describe('What is written at the door'),
    order: z
      .string(expected('a whole number such as 1'))
      .regex(/^\d{1,6}$/, expected('a whole number such as 1'))
      .transform(Number)
      .optional()
      .describe('Place in lists of rooms: a whole number; those without one come last'),
    description: line(300).optional().describe('10 person table'),
    url: webAddress.optional().describe('Where to join remotely'),
    full: instant.optional().describe('Until then the room is full'),
    equipment: list(
      fields(
        {
          icon: iconName.describe('video, for example'),
          label: line(100).describe('Video projection'),
        },
        'equipment such as { icon: video, label: "Video projection" }',
      ).readonly(),
      '[{ icon: video, label: "Video projection" }]',
    ).default([]),
    slots: z
      .record(slotName, booking, expected('slots such as { MonA1: nova }'))
      .transform((slots): ReadonlyMap<string, string | null> => new Map(Object.entries(slots)))
      .default(new Map())
      .describe('Slot: track, or nothing for a free one. What is not listed is not offered'),
  },
  'fields such as name: "Ballroom A"',
).readonly();

const topic = fields(
  {
    topic: line(longestTopic),
    since: instant.optional(),
    by: line(100).optional().describe('Nick of whoever said it'),
    with: list(slug, '[cinder]').optional().describe('The tracks that discuss it jointly'),
  },
  'a topic such as { topic: "multi-attach" }',
).readonly();

const track = fields(
  {
    name: line(100).optional().describe('For display, where it is not the name of the file'),
    formerly: list(slug, '[compute]').default([]).describe('Names it had before'),
    color: z
      .string(expected('a colour such as "#27a3dd"'))
      .regex(/^#[0-9a-fA-F]{6}$/, expected('a colour such as "#27a3dd"'))
      .optional(),
    etherpad: webAddress.optional().describe('Where it is not the generated address'),
    url: webAddress.optional().describe('Where to join the track remotely; wins over its room'),
    location: line(longestLocation).optional().describe('Set by hand; wins over room'),
    room: slug.optional().describe('The room (its file name), set by `now` from the booking'),
    now: topic.optional().describe('What is being discussed'),
    next: list(line(longestTopic), '["cells", "lunch"]')
      .default([])
      .describe('What comes next, in order'),
  },
  'fields such as color: "#27a3dd"',
).readonly();

const announcement = fields(
  {
    level: z.enum(
      ['info', 'success', 'warning', 'danger'],
      expected('info, success, warning or danger'),
    ),
    message: line(longestTopic),
  },
  'an announcement such as { level: info, message: "Lunch at noon" }',
).readonly();

const person = fields(
  {
    nick: line(100).describe('As they spelled it last'),
    account: line(100).optional().describe('With services; only of people who are kept by it'),
    checkIn: fields(
      {
        track: slug.optional().describe('The track that they are with; else location says where'),
        location: line(longestLocation).optional(),
        since: instant,
      },
      'a check-in such as { track: nova, since: "2018-09-10T15:04:05Z" }',
    )
      .readonly()
      .optional()
      .describe('Where they said that they are; stays when they leave, until the day ends'),
    checkOut: instant.optional().describe('When they left'),
    subscription: line(longestPattern)
      .optional()
      .describe('A pattern (RE2) for what they want to be told of'),
    also: z
      .enum(['bookings'], expected('bookings, such as also: bookings'))
      .optional()
      .describe('What else they want to be told of where the pattern fits'),
    reminders: list(slug, '[nova]')
      .optional()
      .describe('Tracks of whose booked slots they want to be reminded'),
  },
  'fields such as nick: "ada"',
).readonly();

/** Everything that a data file can be, by kind. Those of people are in a repository of their own. */
export const fileSchemas = {
  event: eventInfo,
  room,
  track,
  announcements: list(announcement, '[{ level: info, message: "Lunch at noon" }]'),
  person,
  /** No YAML: `readPlan` reads it. */
  plan: z.custom<Plan>(),
} as const;

export type FileKind = keyof typeof fileSchemas;
export type FileValue<K extends FileKind = FileKind> = z.output<(typeof fileSchemas)[K]>;

export type EventInfo = FileValue<'event'>;
export type Day = EventInfo['days'][number];
export type Slot = Day['slots'][number];
export type Room = FileValue<'room'>;
export type Track = FileValue<'track'>;
export type Person = FileValue<'person'>;
export type Announcement = FileValue<'announcements'>[number];
