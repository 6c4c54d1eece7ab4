/**
 * The format of the data files. Every scalar arrives as a string (YAML's failsafe schema, see
 * yaml.ts); these schemas check it and convert. A doc comment on a field is for programmers; its
 * `describe` text goes into the JSON Schemas that help people in their editors.
 */
import { z } from 'zod';
import { fold, isSlug, slugify } from '../text/slug.ts';
import { expected } from '../text/text.ts';

/** The longest texts, in characters: of a topic or announcement, a location, a subscription. */
export const longestTopic = 1000;
export const longestLocation = 200;
export const longestPattern = 300;

const controlCharacters = /[\p{Cc}\u2028\u2029]/u;

const line = (most: number) =>
  z
    .string(expected('a line of text'))
    .max(most, expected(`at most ${most} characters`))
    .refine((text) => text.trim() !== '', expected('some text'))
    .refine((text) => !controlCharacters.test(text), expected('no control characters'));

const webAddress = z
  .string(expected('a web address'))
  .max(2000, expected('at most 2000 characters'))
  .regex(/^https?:\/\/[^\s<>"\p{Cc}]+$/u, expected('a web address such as https://example.org/'))
  .refine((text) => URL.canParse(text), expected('a web address such as https://example.org/'))
  // The pages are public.
  .refine((text) => !URL.parse(text)?.password, expected('an address without a password'));

const slug = z.string(expected('a name')).superRefine((text, context) => {
  if (isSlug(text)) return;
  const better = slugify(text);
  context.addIssue(
    `expected a lower-case name such as ${better ?? 'nova'} (letters, digits and . _ + -)`,
  );
});

/** Slots are named in codes such as `aspen-FriP1`, so they are one word. */
const slotName = z
  .string(expected('a slot name'))
  .max(40, expected('at most 40 characters'))
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]*$/u, expected('one word such as FriP1'));

const timeOfDay = z
  .string(expected('a time'))
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, expected('a time of day such as "09:00"'));

const date = z
  .string(expected('a date'))
  .regex(/^\d{4}-\d\d-\d\d$/, expected('a date such as "2018-09-10"'))
  .refine(
    (text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false,
    expected('a day that the calendar has'),
  );

const timezone = z
  .string(expected('a time zone'))
  .refine(isTimezone, expected('an IANA time zone such as Europe/Paris'));

export function isTimezone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The icon of a piece of equipment. */
const iconName = z
  .string(expected('a name'))
  .regex(/^[a-z0-9-]{1,40}$/, expected('the name of an icon such as video'));

const test = (schema: z.ZodType) => (text: string) => schema.safeParse(text).success;

/** Whether a data file may hold this text as such a value. */
export const isWebAddress = test(webAddress);
export const isSlotName = test(slotName);
export const isIconName = test(iconName);
export const isDate = test(date);
export const isLine = (text: string, most: number) => test(line(most))(text);

const slot = z
  .strictObject({
    name: slotName.describe('One word, unique in the event: MonA1'),
    start: timeOfDay.describe('Local time in the zone of the event, "09:00"'),
    end: timeOfDay.describe('Before the start means on the next day'),
  })
  .readonly();

const day = z
  .strictObject({
    name: line(60).describe('Monday'),
    date: date.optional().describe('"2018-09-10"; may be missing until it is known'),
    slots: z.array(slot).readonly().default([]),
  })
  .readonly();

const link = z.strictObject({ title: line(200), url: webAddress }).readonly();

const eventInfo = z
  .strictObject({
    id: z
      .string(expected('a name'))
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
    links: z.array(link).readonly().default([]),
    days: z.array(day).readonly().default([]),
  })
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
const booking = z.string(expected('the name of a track, or nothing')).transform((text, context) => {
  if (text === '' || text === '~' || text === 'null') return null;
  const track = slug.safeParse(text);
  if (!track.success) track.error.issues.forEach((issue) => context.addIssue(issue.message));
  return text;
});

const room = z
  .strictObject({
    name: line(100).describe('What is written at the door'),
    order: z
      .string(expected('a whole number'))
      .regex(/^\d{1,6}$/, expected('a whole number'))
      .transform(Number)
      .optional()
      .describe('Place in lists of rooms: a whole number; those without one come last'),
    description: line(300).optional().describe('10 person table'),
    url: webAddress.optional().describe('Where to join from afar'),
    equipment: z
      .array(
        z
          .strictObject({
            icon: iconName.describe('video, for example'),
            label: line(100).describe('Video projection'),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
    slots: z
      .record(slotName, booking)
      .transform((slots): ReadonlyMap<string, string | null> => new Map(Object.entries(slots)))
      .default(new Map())
      .describe('Slot: track, or nothing for a free one. What is not listed is not offered'),
  })
  .readonly();

const instant = z
  .string(expected('a time'))
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    expected('a time in UTC such as "2018-09-10T15:04:05Z"'),
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), expected('a time that exists'));

const topic = z
  .strictObject({
    topic: line(longestTopic),
    since: instant.optional(),
    by: line(100).optional().describe('Nick of whoever said it'),
  })
  .readonly();

const track = z
  .strictObject({
    name: line(100).optional().describe('For display, where it is not the name of the file'),
    formerly: z.array(slug).readonly().default([]).describe('Names it had before'),
    color: z
      .string(expected('a colour'))
      .regex(/^#[0-9a-fA-F]{6}$/, expected('a colour such as "#27a3dd"'))
      .optional(),
    etherpad: webAddress.optional().describe('Where it is not the generated address'),
    url: webAddress.optional().describe('Stands on the page of the track'),
    location: line(longestLocation).optional().describe('Set by hand; wins over room'),
    room: slug.optional().describe('The room (its file name), set by `now` from the booking'),
    now: topic.optional().describe('What is being discussed'),
    next: z.array(line(longestTopic)).readonly().default([]).describe('What comes next, in order'),
  })
  .readonly();

const announcement = z
  .strictObject({
    level: z.enum(
      ['info', 'success', 'warning', 'danger'],
      expected('info, success, warning or danger'),
    ),
    message: line(longestTopic),
  })
  .readonly();

const person = z
  .strictObject({
    nick: line(100).describe('As they spelled it last'),
    account: line(100).optional().describe('With services; only of people who are kept by it'),
    checkIn: z
      .strictObject({
        track: slug.optional().describe('The track that they are with; else location says where'),
        location: line(longestLocation).optional(),
        since: instant,
      })
      .readonly()
      .optional()
      .describe('Where they said that they are; stays when they leave, until the day ends'),
    checkOut: instant.optional().describe('When they left'),
    subscription: line(longestPattern)
      .optional()
      .describe('A pattern (RE2) for what they want to be told of'),
  })
  .readonly();

/** Everything that a data file can be, by kind. Those of people are in a repository of their own. */
export const fileSchemas = {
  event: eventInfo,
  room,
  track,
  announcements: z.array(announcement).readonly(),
  person,
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
