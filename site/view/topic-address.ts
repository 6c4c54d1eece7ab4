import { moment, type Moment } from './times.ts';
import { trackUrl } from './track-names.ts';

/**
 * What a topic of a track is known by in addresses: the instant since when it is on, which stays, in
 * the basic form of ISO 8601. `20180910T150405Z` for `2018-09-10T15:04:05Z`.
 */
export function topicId(since: string): string {
  return since.replace(/[-:]/g, '');
}

/** The page of a topic, below the base of the site. */
export function topicUrl(track: string, since: string): string {
  return `${trackUrl(track)}${topicId(since)}/`;
}

/** Where it stands in the log of its track. */
export function logAnchor(id: string): string {
  return `log-${id}`;
}

/** Since when a topic is on, which leads to its page. */
export function topicMoment(track: string, since: string, timezone: string): Moment {
  return { ...moment(since, timezone), url: topicUrl(track, since) };
}
