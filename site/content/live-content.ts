import type { Logger } from 'pino';
import {
  calendarChangeOf,
  CalendarLogReader,
} from '../../schedule-data/history/calendar-log-reader.ts';
import { ChangesReader } from '../../schedule-data/history/changes-reader.ts';
import { describedChangeOf } from '../../schedule-data/history/described-change.ts';
import { TopicLogReader } from '../../schedule-data/history/topic-log-reader.ts';
import { trackChangesOf } from '../../schedule-data/history/track-changes.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { presenceOf } from '../../schedule-data/people/person.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { Snapshot } from '../../schedule-data/schedule/snapshot.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { historyCache, type SiteContent } from './site-content.ts';

/** What is known of the history. */
interface Readers {
  readonly history: TopicLogReader;
  readonly changes: ChangesReader;
  readonly calendar: CalendarLogReader;
}

/**
 * What the site shows, put together from parts that change in their own time: the schedule, who is
 * where, what was discussed, and what was changed. That is read in the background, a command never
 * waits for it.
 */
export class LiveContent {
  readonly #readers: Readers;
  readonly #logger: Logger;
  #snapshot: Snapshot;
  #presence: readonly CheckIn[] = [];
  #changed: (content: SiteContent) => unknown = () => undefined;

  private constructor(readers: Readers, snapshot: Snapshot, logger: Logger) {
    this.#readers = readers;
    this.#snapshot = snapshot;
    this.#logger = logger;
    for (const reader of [readers.history, readers.changes, readers.calendar]) this.#read(reader);
  }

  /**
   * @param people undefined where nobody may know who is checked in
   * @param cache a folder where it may keep what it has read
   * @throws {StorageError}
   */
  static async of(
    store: ScheduleStore,
    people: PeopleStore | undefined,
    repository: string,
    cache: string,
    logger: Logger,
  ): Promise<LiveContent> {
    const options = {
      folder: historyCache(cache),
      onCacheError: (error: unknown) => logger.warn({ err: error }, 'what was read cannot be kept'),
    };
    const readers: Readers = {
      history: new TopicLogReader(repository, options),
      changes: new ChangesReader(repository, options),
      calendar: new CalendarLogReader(repository, options),
    };
    const content = new LiveContent(readers, await store.current(), logger);
    if (people) content.#presence = presenceOf((await people.current()).people);
    people?.onSnapshot((snapshot) => {
      content.#presence = presenceOf(snapshot.people);
      content.#show();
    });
    store.onSnapshot((snapshot, made) => {
      content.#snapshot = snapshot;
      const { history, changes, calendar } = readers;
      if (!made || !history.add(trackChangesOf(snapshot, made))) content.#read(history);
      if (!made || !changes.add(describedChangeOf(snapshot, made))) content.#read(changes);
      if (!made || !calendar.add(calendarChangeOf(snapshot, made))) content.#read(calendar);
      content.#show();
    });
    return content;
  }

  get now(): SiteContent {
    const snapshot = this.#snapshot;
    const { history, changes, calendar } = this.#readers;
    return {
      ...snapshot,
      presence: this.#presence,
      history: history.of(snapshot.schedule.tracks),
      // Pages of what is not known yet would count as gone.
      changes: history.known && changes.known,
      calendar: calendar.entries,
    };
  }

  /** Calls the listener whenever there is something else to show. */
  onChange(listener: (content: SiteContent) => unknown): void {
    this.#changed = listener;
  }

  #show(): void {
    this.#changed(this.now);
  }

  #read(reader: Readers[keyof Readers]): void {
    const begin = performance.now();
    reader.read(this.#snapshot.commit).then(
      () => {
        const ms = Math.round(performance.now() - begin);
        this.#logger.info({ ms }, 'the history is read');
        this.#show();
      },
      (error: unknown) => this.#logger.error({ err: error }, 'the history cannot be read'),
    );
  }
}
