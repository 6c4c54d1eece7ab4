import type { DescribedChange } from '../../schedule-data/history/described-change.ts';
import { richText, type Piece } from './rich-text.ts';
import type { Moment } from './times.ts';
import { timeOfDay } from '../../schedule-data/text/clock.ts';

/** One change, in a list or on its own page. Nothing in it changes later, but `revertedBy`. */
export interface ChangeView {
  readonly commit: CommitLink;
  readonly by: Named;
  readonly at: Moment;
  readonly sentences: readonly (readonly Piece[])[];
  /** How many more things it changed. */
  readonly more: number;
  readonly tracks: readonly Named[];
  readonly rooms: readonly Named[];
  readonly reverts: readonly CommitLink[];
  readonly revertedBy: readonly CommitLink[];
  /** What to type to take it back; nobody can take back the first of all. */
  readonly takeBack?: TakeBack;
}

export interface CommitLink {
  /** All 40 digits. */
  readonly id: string;
  /** `1a2b3c4`. */
  readonly short: string;
  readonly path: string;
}

/** Somebody or something by which changes can be looked for. */
export interface Named {
  readonly name: string;
  /** Of the changes that concern it. */
  readonly path: string;
}

export interface TakeBack {
  /** In the channel, for operators. */
  readonly channel: string;
  readonly git: string;
}

export const changesPath = '/changes/';

export function changePath(commit: string): string {
  return `${changesPath}${commit}/`;
}

/** Of the changes of a track, a room or a person; a track may have several names. */
export function changesOf(kind: 'track' | 'room' | 'by', ...names: readonly string[]): string {
  return `${changesPath}?${names.map((name) => `${kind}=${encodeURIComponent(name.toWellFormed())}`).join('&')}`;
}

export function commitLink(commit: string): CommitLink {
  return { id: commit, short: commit.slice(0, 7), path: changePath(commit) };
}

export function changeView(
  change: DescribedChange,
  timezone: string,
  revertedBy: readonly string[],
): ChangeView {
  const { commit, parent, time, author, sentences, subject, more } = change;
  const { short } = commitLink(commit);
  const named = (kind: 'track' | 'room' | 'by') => (name: string) => ({
    name,
    path: changesOf(kind, name),
  });
  return {
    commit: commitLink(commit),
    by: named('by')(author),
    at: { iso: time, label: timeOfDay(new Date(time), timezone), form: 'time' },
    // What tracks are called now is nothing for a page that stays.
    sentences: sentencesOf({ sentences, subject }).map((one) => richText(one, () => undefined)),
    more,
    tracks: change.tracks.map(named('track')),
    rooms: change.rooms.map(named('room')),
    reverts: change.reverts.map(commitLink),
    revertedBy: revertedBy.map(commitLink),
    takeBack:
      parent === undefined
        ? undefined
        : { channel: `~revert ${short}`, git: `npx ptgbot takeback ${short} && git push` },
  };
}

/** What changed; what a hand edit merely wrote in another way is called as its author called it. */
export function sentencesOf({
  sentences,
  subject,
}: Pick<DescribedChange, 'sentences' | 'subject'>): readonly string[] {
  return sentences.length ? sentences : [subject || 'nothing that the page shows'];
}
