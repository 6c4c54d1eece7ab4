import { fileSchemas } from '../../schedule-data/format/file-schemas.ts';
import { sortedSchedule, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import { emptyCalendar, withSchedule } from '../../schedule-data/history/calendar-log.ts';
import type { TopicLogs } from '../../schedule-data/history/topic-log.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { noChanges, type NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import type { Renderer } from '../../site/render/load.ts';
import {
  pageProblem,
  planSite,
  type RenderOptions,
  type SitePlan,
} from '../../site/render/plan.ts';

/** Plain data as it stands in the files; what is missing is an empty event. */
export interface PlainSchedule {
  event?: Record<string, unknown>;
  rooms?: Record<string, unknown>;
  tracks?: Record<string, unknown>;
  announcements?: unknown[];
}

const plainEvent = {
  id: 'denver-ptg',
  name: 'Denver Project Teams Gathering',
  timezone: 'America/Denver',
};

/** A schedule as the data repository would give it: everything went through the schemas. */
export function schedule(plain: PlainSchedule): Schedule {
  const parseAll = <T>(values: object | undefined, parse: (value: unknown) => T) =>
    new Map(Object.entries(values ?? {}).map(([slug, value]) => [slug, parse(value)]));
  return sortedSchedule({
    event: fileSchemas.event.parse({ ...plainEvent, ...plain.event }),
    rooms: parseAll(plain.rooms, (value) => fileSchemas.room.parse(value)),
    tracks: parseAll(plain.tracks, (value) => fileSchemas.track.parse(value)),
    announcements: fileSchemas.announcements.parse(plain.announcements ?? []),
  });
}

let commits = 0;

/** A snapshot with a commit id of its own, who is checked in, and what was discussed. */
export function snapshot(
  plain: PlainSchedule,
  problems: readonly Problem[] = [],
  presence: readonly CheckIn[] = [],
  history: TopicLogs = new Map(),
  changes: NewestChanges = noChanges,
): SiteContent {
  commits += 1;
  const now = schedule(plain);
  return {
    commit: commits.toString(16).padStart(40, '0'),
    schedule: now,
    problems,
    presence,
    history,
    changes,
    calendar: withSchedule(emptyCalendar, now, '2018-09-01T12:00:00Z').entries,
  };
}

/** The whole site in memory: contents by path, and what could not be made. */
export async function renderSite(
  renderer: Renderer,
  content: SiteContent,
  options?: RenderOptions,
): Promise<{ files: Map<string, Uint8Array>; problems: Problem[] }> {
  const plan = await planSite(renderer, content, options);
  const later = await plan.later!();
  const files = new Map<string, Uint8Array>();
  const problems = [...plan.problems, ...later.problems];
  for (const file of [...plan.files, ...later.files])
    try {
      const made = await file.content();
      for (const path of file.paths) files.set(path, made);
    } catch (error) {
      problems.push(pageProblem(file.paths[0], error));
    }
  return { files, problems };
}

const versions = new Map<string, object>();
const versionOf = (content: string) => {
  if (!versions.has(content)) versions.set(content, {});
  return versions.get(content)!;
};

/** A site of these contents by path; the paths of those that were asked for end up in `made`. */
export function planOf(
  files: Record<string, string>,
  problems: readonly Problem[] = [],
  made: string[] = [],
): SitePlan {
  const planned = Object.entries(files).map(([path, content]) => ({
    paths: [path] as const,
    version: versionOf(content),
    content: () => {
      made.push(path);
      return Promise.resolve(Buffer.from(content));
    },
  }));
  return { files: planned, first: ['index.html', 'ptg.html'], problems };
}
