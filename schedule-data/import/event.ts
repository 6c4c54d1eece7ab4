import { isWebAddress, type EventInfo } from '../format/file-schemas.ts';
import type { Database } from './database.ts';
import { importDays } from './days.ts';
import { expectedAddress, type JsonValue } from './json-value.ts';

export interface ImportOptions {
  /** Date of the first day, such as 2018-09-10. */
  readonly startDate?: string;
  /** IANA zone of the times; that of the base unless given. */
  readonly timezone?: string;
  /** What the event calls itself; unless given, as the base does, or its id. */
  readonly name?: string;
  /** How the network folds nicks; by lower case unless given. */
  readonly fold?: (nick: string) => string;
}

/** What an event is of which nothing is said. */
export const blankEvent: EventInfo = {
  id: 'ptg',
  name: 'ptg',
  timezone: 'UTC',
  etherpads: 'https://etherpad.opendev.org/p/',
  moderation: 'everyone',
  links: [],
  days: [],
};

export function importEvent(
  database: Database,
  options: ImportOptions,
  base: EventInfo,
): EventInfo {
  const eventid = database.at('eventid');
  if (base === blankEvent && !eventid.isPresent)
    eventid.report(`expected one word such as denver-ptg; became ${base.id}`);
  const id = importId(eventid) ?? base.id;
  const timezone = options.timezone ?? base.timezone;
  const voice = database.at('voice');
  // Another event is on other days.
  const known = id === base.id ? base.days : [];
  return {
    ...base,
    id,
    // An event that was given no name is called by its id.
    name: options.name ?? (base.name === base.id ? id : base.name),
    timezone,
    moderation: voice.isPresent ? moderationOf(voice.value) : base.moderation,
    links: importLinks(database.at('links')) ?? base.links,
    days: importDays(database.at('slots'), timezone, options.startDate, known) ?? base.days,
  };
}

function importId(item: JsonValue): string | undefined {
  const text = item.text(200);
  if (text === undefined) return undefined;
  const id = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._+-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 60)
    .toWellFormed();
  if (id === text) return id;
  item.report(`expected one word such as denver-ptg; ${id ? `became ${id}` : 'left out'}`);
  return id || undefined;
}

function moderationOf(voice: unknown): EventInfo['moderation'] {
  return voice === 1 || voice === true ? 'voiced' : 'everyone';
}

function importLinks(links: JsonValue): EventInfo['links'] | undefined {
  return links.object()?.flatMap(([title, item]) => {
    const url = item.checked(isWebAddress, expectedAddress);
    const name = item.keyText(title, 200);
    return url === undefined ? [] : [{ title: name ?? url.slice(0, 200), url }];
  });
}
