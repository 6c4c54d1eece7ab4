/** Everything that the bot says to people, in one place: short, warm, exact. */
import type { Slot, Day } from '../schedule-data/format.ts';
import type { Problem } from '../schedule-data/snapshot.ts';

interface Usage {
  readonly usage: string;
  readonly example: string;
}

const didYouMean = (word: string | undefined) =>
  word === undefined ? '' : ` Did you mean ${word}?`;

export const wording = {
  rightForm: ({ usage, example }: Usage) => `Say it like this: ${usage}, for example: ${example}`,
  unknownTrack: (track: string, nearest: string | undefined) =>
    `There is no track ${track}.${didYouMean(nearest && `#${nearest}`)}`,
  unknownTrackCommand: (track: string, word: string, nearest: string | undefined, all: string) =>
    `#${track} does not know "${word}".${didYouMean(nearest)} It knows: ${all}`,
  nothingSaidAbout: (track: string, all: string) => `What about ${track}? #${track} knows: ${all}`,
  unknownCommand: (word: string, nearest: string) =>
    `There is no ${word}. Did you mean ${nearest}?`,
  needsVoice: 'Track commands need voice or op here at the moment; ask somebody who has op',
  onlyInChannel: 'Track commands work in the channel, where everybody sees them',

  tooLong: (most: number) => `That is too long; expected at most ${most} characters`,
  notAnAddress: (text: string, example: string) =>
    `"${text}" is not a web address; expected one such as ${example}`,
  notAColor: (text: string) =>
    `"${text}" is not a colour; expected one such as #27a3dd or steelblue`,

  noBooking: (track: string, day: string | undefined) =>
    `Noted. ${track} has no slot booked ${day === undefined ? 'yet' : `on ${day}`}; so that people find you: #${track} location WHERE, or book a slot`,
  nothingToClean: (track: string) => `${track} has nothing to clean`,

  unknownSlot: (text: string, nearest: string | undefined, free: string | undefined) =>
    `There is no slot "${text}".${didYouMean(nearest)} Slots are named as the page shows them${free === undefined ? '' : `; free is, for example, ${free}`}`,
  takenSlot: (code: string, track: string, free: readonly string[]) =>
    `${code} is booked by ${track}.${free.length ? ` Free at that time: ${free.join(', ')}` : ''}`,
  heldAlready: (track: string, code: string) => `${track} holds ${code} already`,
  booked: (track: string, room: string, when: string) => `${track} has ${room} on ${when}`,
  notBooked: (code: string) => `${code} is not booked`,
  notYours: (code: string, holder: string) =>
    `${code} is booked by ${holder}; only #${holder} unbook ${code} frees it`,
  unbooked: (code: string) => `${code} is free again`,

  notSaved: (reason: string) => `Sorry, that was not saved: ${reason}`,
  brokenFile: (problem: Problem) =>
    `That cannot be changed until ${problemPlace(problem)} is mended: ${problem.message}`,
  bug: 'Sorry, that was not saved: something is wrong with me. It is in my log',
  problem: (problem: Problem) =>
    `${problemPlace(problem)} cannot be used, its last valid version stays: ${problem.message}`,
  mended: (path: string) => `${path} is valid again`,

  help: (tracks: string, page: string | undefined) =>
    `I keep ${page ?? 'the schedule page'} current. In the channel: #TRACK with ${tracks}. For example: #nova now cells, next: #nova book aspen-FriP1. More with +help COMMAND`,
  helpCommand: ({ usage, example, summary }: Usage & { summary: string }) =>
    `${usage}: ${summary} For example: ${example}`,
  farewell: 'See you',
} as const;

/** `Monday 09:00-10:45 (aspen-MonA1)` */
export function slotWhen(day: Day, slot: Slot, code: string): string {
  return `${day.name} ${slot.start}-${slot.end} (${code})`;
}

function problemPlace({ path, line, commit, author }: Problem): string {
  const place = line === undefined ? path : `${path}:${line}`;
  return commit ? `${place} (commit ${commit.slice(0, 7)}${author ? ` by ${author}` : ''})` : place;
}
