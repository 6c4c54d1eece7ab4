/** Dangers in the topics of channels, before whatever stands there. */
import type { Announcement } from '../schedule-data/format/file-schemas.ts';
import type { Topic, Topics } from './chat.ts';

const mark = '⚠';
const ofOurs = new RegExp(`^${mark} [^${mark}]* ${mark}(?: (.*))?$`, 'su');
/** A danger that is cut shorter than this helps nobody. */
const leastBytes = 20;

/**
 * The topic that there should be; undefined if it is right, or not ours to change.
 *
 * @param hasChanged do the dangers differ from what they were? If not, a topic that somebody else
 *   has set meanwhile stays.
 */
export function topicWith(
  dangers: readonly string[],
  topic: Topic,
  { limit, hasChanged }: { readonly limit: number; readonly hasChanged: boolean },
): string | undefined {
  const ours = topic.isOurs ? ofOurs.exec(topic.text) : null;
  if (!ours && (dangers.length === 0 || !hasChanged)) return undefined;
  const rest = ours ? (ours[1] ?? '') : topic.text;
  const wanted = dangers.length === 0 ? rest : withDangers(dangers, rest, limit);
  return wanted === topic.text ? undefined : wanted;
}

/** Undefined where there is no room: what others wrote is never cut. */
function withDangers(dangers: readonly string[], rest: string, limit: number): string | undefined {
  const tail = ` ${mark}${rest && ` ${rest}`}`;
  const room = limit - Buffer.byteLength(`${mark} ${tail}`);
  if (room < leastBytes) return undefined;
  let text = dangers.map((danger) => danger.replaceAll(mark, '').trim()).join(' · ');
  if (Buffer.byteLength(text) > room) {
    while (Buffer.byteLength(`${text}…`) > room) text = Array.from(text).slice(0, -1).join('');
    text += '…';
  }
  return `${mark} ${text}${tail}`;
}

/** Keeps the topics right while announcements and topics change. */
export class TopicKeeper {
  readonly #topics: Topics;
  readonly #channels: readonly string[];
  #dangers: readonly string[] | undefined;
  /** Where the topic is still to follow a change of the dangers. */
  readonly #due = new Set<string>();

  constructor(topics: Topics, channels: readonly string[]) {
    this.#topics = topics;
    this.#channels = channels;
  }

  announced(announcements: readonly Announcement[]): void {
    const dangers = announcements
      .filter(({ level }) => level === 'danger')
      .map(({ message }) => message);
    const before = this.#dangers;
    this.#dangers = dangers;
    if (!before || dangers.join('\n') === before.join('\n')) return;
    for (const channel of this.#channels) {
      this.#due.add(channel);
      this.changed(channel);
    }
  }

  /** The topic of a channel has become known, or is another. */
  changed(channel: string): void {
    const topic = this.#topics.of(channel);
    if (!topic || !this.#dangers) return;
    const hasChanged = this.#due.delete(channel);
    const wanted = topicWith(this.#dangers, topic, { limit: this.#topics.limit, hasChanged });
    if (wanted !== undefined) this.#topics.set(channel, wanted);
  }
}
