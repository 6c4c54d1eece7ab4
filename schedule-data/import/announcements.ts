import { longestTopic, type Announcement } from '../format/file-schemas.ts';
import type { JsonValue } from './json-value.ts';

const levels = ['info', 'success', 'warning', 'danger'] as const;

/** Undefined where there is no list of them. */
export function importAnnouncements(motd: JsonValue): Announcement[] | undefined {
  // An old form is one announcement instead of a list.
  const isOne = motd.isPresent && typeof motd.value === 'object' && !Array.isArray(motd.value);
  return (isOne ? [motd] : motd.list())?.flatMap((item) => {
    const fields = new Map(item.object());
    const message = fields.get('message')?.text(longestTopic);
    if (message === undefined) return [];
    const level = levels.find((one) => one === fields.get('level')?.value);
    if (!level) item.report(`expected the level info, success, warning or danger; became info`);
    return [{ level: level ?? 'info', message }];
  });
}
