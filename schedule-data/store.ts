/** The store of the schedule. */
import { DataStore, type Made as MadeOf } from './data-store.ts';
import { scheduleLayout, type ScheduleContent } from './layout.ts';

export type Made = MadeOf<ScheduleContent>;

export class Store extends DataStore<ScheduleContent> {
  constructor(gitdir: string, branch = 'main') {
    super(gitdir, branch, scheduleLayout);
  }
}
