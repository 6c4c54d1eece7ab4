import { batch, signal, type Signal } from '@preact/signals-core';
import { isDeepStrictEqual } from 'node:util';
import type { Room, Track } from '../../schedule-data/format/file-schemas.ts';
import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { PageContent } from './site-content.ts';
import { memo } from './memo.ts';

export interface LocalsOptions {
  /** Canonical address of the site's root, without a slash at the end. */
  readonly site?: string;
  /** Path of the style sheet with the colours of the tracks in a schedule, below the base. */
  readonly tracksCss: (schedule: Schedule) => string;
}

/**
 * What pages are given, as one object that lasts while the content changes. It notes who reads what
 * (tracks, rooms and histories one by one), so that `memo` computes again only what read something
 * that is another value now.
 */
export class LiveLocals implements App.Locals {
  readonly site?: string;
  readonly schedule: LiveSchedule;
  readonly history: SignalMap<readonly TopicLogEntry[]>;
  readonly #plan: Signal<PageContent['plan']>;
  readonly #problems: Signal<PageContent['problems']>;
  readonly #presence: Signal<PageContent['presence']>;
  readonly #changes: Signal<PageContent['changes']>;
  readonly #calendar: Signal<PageContent['calendar']>;
  readonly #tracksCss: (schedule: Schedule) => string;

  constructor(content: PageContent, { site, tracksCss }: LocalsOptions) {
    this.site = site;
    this.#tracksCss = memo(tracksCss);
    this.schedule = new LiveSchedule(content.schedule);
    this.history = new SignalMap(content.history);
    this.#plan = signal(content.plan);
    this.#problems = signal(content.problems);
    this.#presence = signal(content.presence);
    this.#changes = signal(content.changes);
    this.#calendar = signal(content.calendar);
  }

  get plan(): PageContent['plan'] {
    return this.#plan.value;
  }

  get problems(): PageContent['problems'] {
    return this.#problems.value;
  }

  get presence(): PageContent['presence'] {
    return this.#presence.value;
  }

  get changes(): PageContent['changes'] {
    return this.#changes.value;
  }

  get calendar(): PageContent['calendar'] {
    return this.#calendar.value;
  }

  get tracksCss(): string {
    return this.#tracksCss(this.schedule);
  }

  /** From now on it is this content. */
  update({ schedule, plan, problems, presence, history, changes, calendar }: PageContent): void {
    batch(() => {
      this.schedule.update(schedule);
      this.history.update(history);
      set(this.#plan, plan);
      set(this.#problems, problems);
      set(this.#presence, presence);
      set(this.#changes, changes);
      set(this.#calendar, calendar);
    });
  }
}

class LiveSchedule implements Schedule {
  readonly rooms: SignalMap<Room>;
  readonly tracks: SignalMap<Track>;
  readonly #event: Signal<Schedule['event']>;
  readonly #announcements: Signal<Schedule['announcements']>;

  constructor({ event, rooms, tracks, announcements }: Schedule) {
    this.rooms = new SignalMap(rooms);
    this.tracks = new SignalMap(tracks);
    this.#event = signal(event);
    this.#announcements = signal(announcements);
  }

  get event(): Schedule['event'] {
    return this.#event.value;
  }

  get announcements(): Schedule['announcements'] {
    return this.#announcements.value;
  }

  update({ event, rooms, tracks, announcements }: Schedule): void {
    this.rooms.update(rooms);
    this.tracks.update(tracks);
    set(this.#event, event);
    set(this.#announcements, announcements);
  }
}

/** A map whose readers depend on the entries that they asked for; on all, who goes through it. */
class SignalMap<V> implements ReadonlyMap<string, V> {
  readonly #keys: Signal<readonly string[]>;
  readonly #values = new Map<string, Signal<V | undefined>>();

  constructor(map: ReadonlyMap<string, V>) {
    this.#keys = signal([...map.keys()]);
    for (const [key, value] of map) this.#values.set(key, signal(value));
  }

  update(map: ReadonlyMap<string, V>): void {
    set(this.#keys, [...map.keys()]);
    for (const [key, value] of map) set(this.#signal(key), value);
    for (const [key, value] of this.#values) if (!map.has(key)) value.value = undefined;
  }

  get(key: string): V | undefined {
    return this.#signal(key).value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  get size(): number {
    return this.#keys.value.length;
  }

  keys(): MapIterator<string> {
    return this.#keys.value.values();
  }

  *values(): MapIterator<V> {
    for (const key of this.#keys.value) yield this.get(key)!;
  }

  *entries(): MapIterator<[string, V]> {
    for (const key of this.#keys.value) yield [key, this.get(key)!];
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  /** Also of a key that is not there yet: its reader hears when it comes. */
  #signal(key: string): Signal<V | undefined> {
    let known = this.#values.get(key);
    if (!known) this.#values.set(key, (known = signal<V | undefined>(undefined)));
    return known;
  }
}

/** What is read anew is another value, and often an equal one. */
function set<T>(target: Signal<T>, value: T): void {
  if (!isDeepStrictEqual(target.peek(), value)) target.value = value;
}
