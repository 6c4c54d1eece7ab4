/** Everything that the bot says to people, in one place: short, warm, exact. */
import type {
  Announcement,
  Day,
  Person,
  Slot,
  Track,
} from '../schedule-data/format/file-schemas.ts';
import type { RecentChange } from '../schedule-data/history/recent-changes.ts';
import type { ImportRemark } from '../schedule-data/import/json-value.ts';
import type { Proposal } from '../schedule-data/review/proposals.ts';
import type { Clash } from '../schedule-data/schedule/clashes.ts';
import { driftWords, lastWord } from '../schedule-data/schedule/drift.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import type { TrackDrift } from '../schedule-data/schedule/track-drift.ts';
import { placeOfProblem, type Problem } from '../schedule-data/schedule/snapshot.ts';
import { conflictPlace } from '../schedule-data/schedule/merge.ts';
import type { Overruled, RemoteState } from '../schedule-data/sync/remote-sync.ts';
import { momentLabel } from '../schedule-data/text/clock.ts';
import { plural } from '../schedule-data/text/text.ts';
import type { EventNames, Status } from './commands/command.ts';
import { spanAt, timeAt, type Span } from './time-text.ts';

interface Usage {
  readonly usage: string;
  readonly example: string;
}

const didYouMean = (word: string | undefined) =>
  word === undefined ? '' : ` Did you mean ${word}?`;

export const wording = {
  rightForm: ({ usage, example }: Usage) =>
    `Say it like this: ${usage}${usage === example ? '' : `, for example: ${example}`}`,
  unknownTrack: (track: string, nearest: string | undefined) =>
    `There is no track ${track}.${didYouMean(nearest && `#${nearest}`)}`,
  unknownTrackCommand: (track: string, word: string, nearest: string | undefined, all: string) =>
    `#${track} does not know "${word}".${didYouMean(nearest)} It knows: ${all}`,
  nothingSaidAbout: (track: string, all: string) => `What about ${track}? #${track} knows: ${all}`,
  unknownCommand: (word: string, nearest: string) =>
    `There is no ${word}. Did you mean ${nearest}?`,
  needsVoice: 'Track commands need voice or op here at the moment; ask somebody who has op',
  onlyInChannel: 'Track commands only work in the channel, where everybody sees them',

  tooLong: (most: number) => `That is too long; expected at most ${most} characters`,
  notAnAddress: (text: string, example: string) =>
    `"${text}" is not a web address; expected one such as ${example}`,
  notAColor: (text: string) =>
    `"${text}" is not a colour; expected one such as #27a3dd or steelblue`,

  noBooking: (track: string, day: string | undefined) =>
    `Noted. ${track} has no slot booked ${day === undefined ? 'yet' : `on ${day}`}; to help people find you: #${track} location WHERE, or book a slot`,
  cleared: (slug: string, items: readonly string[]) =>
    `That cleared what was to come next (${items.join(' · ')}); to take it back: #${slug} undo`,
  whichItem: (items: readonly string[]) =>
    items.length
      ? `Expected the number of one of these: ${items.map((item, index) => `${index + 1}: ${item}`).join(' · ')}`
      : 'Nothing is planned yet',
  nothingToClean: (tracks: string) => `There is nothing to clean: ${tracks}`,

  unknownSlot: (text: string, nearest: string | undefined, free: readonly string[]) =>
    `There is no slot "${text}".${didYouMean(nearest)} Slots are named as the page shows them${free.length ? `; these are free, for example: ${free.join(', ')}` : ''}`,
  takenSlot: (code: string, track: string, free: readonly string[]) =>
    `${code} is booked by ${track}.${free.length ? ` Free at that time: ${free.join(', ')}` : ''}`,
  heldAlready: (track: string, code: string) => `${track} already has ${code}`,
  booked: (track: string, where: string) => `${track} has ${where}`,
  notBooked: (code: string) => `${code} is not booked`,
  notYours: (code: string, holder: string) =>
    `${code} is booked by ${holder}; only #${holder} unbook ${code} frees it`,
  unbooked: (codes: readonly string[]) =>
    `${codes.join(', ')} ${codes.length === 1 ? 'is' : 'are'} free again`,

  notSaved: (reason: string) => `Sorry, that was not saved: ${reason}`,
  receipt: (page: string | undefined, slug: string | undefined) => {
    const root = page?.replace(/\/$/, '');
    const address = slug === undefined ? `${root}/` : `${root}/tracks/${encodeURIComponent(slug)}/`;
    return `The page shows it${root === undefined ? '' : `: ${address}`}; to take it back: ${slug === undefined ? '+undo' : `#${slug} undo`}`;
  },
  notShown:
    'What you said is saved, but the page still does not show it after a minute; ~status may tell why',
  /** Five and more are one line, not five. */
  pushed: (authors: readonly string[], changes: readonly string[], page: string | undefined) => {
    const who = authors.join(', ') || 'Somebody';
    return changes.length < 5
      ? `${who} by git: ${changes.join(' · ')}`
      : `${who} changed ${changes.length} things by git: ${changes.slice(0, 2).join(' · ')} and more${page === undefined ? '' : `: ${page}`}`;
  },
  /** The last of those who changed it here said what does not count any more. */
  overruled: ({ conflict, ours: [who = 'Somebody'], theirs: [other = 'somebody'] }: Overruled) =>
    `${who}: ${conflictPlace(conflict)} was changed by ${other} at the remote meanwhile, and that change counts; if you still want yours, say it again`,
  moreOverruled: (more: number) =>
    `${plural(more, 'more value')} set here ${more === 1 ? 'was' : 'were'} also changed at the remote meanwhile; the page shows what counts`,
  setAside: ({ path, commit, author }: Problem) =>
    `What ${author ?? 'somebody'} wrote into ${path} could not be read and was set aside: git show ${commit?.slice(0, 7) ?? 'COMMIT'}`,
  bug: 'Sorry, that was not saved: something went wrong on my side; my log has the details',
  problem: (problem: Problem) =>
    `${problemPlace(problem)} cannot be used; its last valid version still counts: ${problem.message}`,
  mended: (path: string) => `${path} is valid again`,
  gone: (path: string) => `${path} is gone, and so is what was wrong with it`,

  noChange: 'It is like that already',
  notForYou: 'That is for channel operators; ask somebody who has op',
  /** Of where it would stand in a file, the name of the field is enough. */
  notValid: (complaint: string) =>
    `That cannot be saved: ${complaint.replace(/^(?:[^\s:]+\.)+(?=[^\s:.]+: )/, '')}`,

  noTracks: 'There are no tracks yet. Add some: ~add nova cinder',
  notATrackName: (name: string) =>
    `"${name}" cannot be the name of a track; expected letters, digits and . _ + -, such as k8s-sig`,
  reservedName: (name: string) => `"${name}" means something else here; expected another name`,
  trackExists: (name: string) => `There is a track ${name} already`,
  formerName: (name: string, holder: string) => `${name} is what ${holder} was called before`,
  addedTracks: (tracks: readonly { slug: string; name?: string }[]) =>
    `Added ${tracks.map(({ slug, name }) => (name === undefined ? slug : `${slug} (${name})`)).join(', ')}`,
  deletedTracks: (tracks: readonly (readonly [slug: string, bookings: number, people: number])[]) =>
    `Deleted ${tracks
      .map(([slug, ...counts]) => {
        const [bookings, people] = counts;
        const lost = [
          ...(bookings ? [`${plural(bookings, 'booked slot')} free again`] : []),
          ...(people ? [`${people} checked out`] : []),
        ];
        return lost.length ? `${slug} (${lost.join(', ')})` : slug;
      })
      .join(', ')}; what they said is gone`,
  cleaned: (slugs: readonly string[]) => `Cleaned ${slugs.join(', ')}`,
  newDay: 'A new day: nothing is being discussed yet, and nobody is checked in',
  renamed: (old: string, name: string) => `${old} is now ${name}; #${old} still works`,

  announcements: (all: readonly Announcement[]) =>
    all.length
      ? all.map(({ level, message }, index) => `${index + 1}: [${level}] ${message}`).join(' · ')
      : 'There are no announcements. Add one: ~motd add info Lunch is served',
  noAnnouncement: (word: string, count: number) =>
    count
      ? `There is no announcement ${word}; expected a number from 1 to ${count}, see ~motd`
      : 'There are no announcements',

  eventSet: (field: string, value: string) => `The event now has the ${field} ${value}`,
  eventUnset: (field: string) => `The event has no ${field} of its own any more`,
  voiceRequired: 'Track commands need voice or op now; ~alloweveryone lifts that',
  everyoneAllowed: 'Everyone may issue track commands now',
  links: (links: readonly { title: string }[]) =>
    links.length
      ? `There are these links: ${links.map(({ title }, index) => `${index + 1}: ${title}`).join(' · ')}`
      : 'There are no links. Add one: ~link add https://example.org/map Venue map',
  linkAdded: (title: string) => `Added the link ${title}`,
  linkDeleted: (title: string) => `Deleted the link ${title}`,
  confirmEmpty: (tracks: number, rooms: number, code: string) =>
    `This removes ${plural(tracks, 'track')}, ${plural(rooms, 'room')}, all days, links and announcements. If you mean it, say within a minute: ~emptydb ${code}`,
  emptied: 'Everything is empty now; the history stays in git',

  unknownDay: (name: string, days: readonly string[]) =>
    `There is no day ${name}; there ${days.length ? `are ${days.join(', ')}` : 'are none yet: ~day add Monday 2018-09-10'}`,
  dayExists: (name: string) => `There is a day ${name} already`,
  dayAdded: (name: string, slot: string) =>
    `Added ${name}; now its slots: ~slot add ${name} ${slot} 09:00-10:45`,
  daySet: (name: string, field: string, value: string) => `The ${field} of ${name} is now ${value}`,
  dayBooked: (name: string, count: number) =>
    `${name} has ${plural(count, 'booked slot')}; to delete it anyway: ~day del ${name} force`,
  dayDeleted: (name: string) => `Deleted ${name} and its slots`,
  unknownSlotName: (name: string) =>
    `There is no slot ${name}; expected its name without the room, such as MonA1`,
  slotExists: (name: string) => `There is a slot ${name} already`,
  slotAdded: (name: string, day: string, rooms: number) =>
    `Added ${name} on ${day}; ${plural(rooms, 'room')} ${rooms === 1 ? 'offers' : 'offer'} it`,
  slotSet: (name: string, value: string) => `${name} is now ${value}`,
  slotBooked: (name: string, count: number) =>
    `${name} is booked in ${plural(count, 'room')}; to delete it anyway: ~slot del ${name} force`,
  slotDeleted: (name: string) => `Deleted ${name}`,

  unknownRoom: (name: string, nearest: string | undefined) =>
    `There is no room ${name}.${didYouMean(nearest)}`,
  notARoomName: (name: string) => `"${name}" cannot be the name of a room; expected some letters`,
  roomExists: (slug: string) => `There is a room ${slug} already`,
  /** @param code of a slot of it that may be booked */
  roomAdded: (name: string, code: string | undefined, hasSlots: boolean) =>
    code === undefined
      ? `Added ${name}; ${hasSlots ? 'all slots are over' : 'there are no slots yet, see +help slot'}`
      : `Added ${name}; to book one of its slots: #nova book ${code}`,
  roomSet: (name: string) => `Changed ${name}`,
  equipmentForm: 'Expected an icon and a label: ~room set aspen equipment video Video projection',
  closeBooked: (slot: string, track: string) =>
    `${slot} is booked by ${track}; expected a free slot`,
  roomsOrdered: (slugs: readonly string[]) => `The order is now ${slugs.join(', ')}`,
  roomBooked: (slug: string, count: number) =>
    `${slug} has ${plural(count, 'booked slot')}; to delete it anyway: ~room del ${slug} force`,
  roomDeleted: (name: string) => `Deleted ${name}`,

  closedEntry: (account: string) =>
    `That entry belongs to the account ${account}; log in to services first`,
  checkedIn: (where: string) => `Checked in: ${where}. Everybody sees it until you say +out`,
  checkedInAlready: (where: string) => `You are checked in already: ${where}`,
  notCheckedIn: 'You are not checked in; for example: +in #nova',
  checkedOut: (where: string) => `Checked out; you were: ${where}`,
  notSeen: (nick: string, nearest: string | undefined) =>
    `${nick} has not checked in today.${didYouMean(nearest)}`,
  seen: (
    nick: string,
    where: string,
    { since }: { since: string },
    left: string | undefined,
    timezone: string,
  ) =>
    left === undefined
      ? `${nick}: ${where}, since ${moment(since, timezone)}`
      : `${nick} left at ${moment(left, timezone)}; before that: ${where}`,

  subscription: (person: Pick<Person, 'subscription' | 'also'>): string =>
    person.subscription === undefined
      ? 'You are not subscribed to anything; for example: +subscribe cinder'
      : `You are subscribed to: ${person.subscription}${person.also ? `, and ${person.also}` : ''}`,
  notAPattern: (pattern: string, why: string) =>
    `"${pattern}" cannot be used as a pattern: ${why}; expected a regular expression (RE2) such as cinder|live.?migration`,
  subscribed: (
    person: Pick<Person, 'subscription' | 'also'>,
    before: string | undefined,
    all: boolean,
  ) =>
    `${wording.subscription(person)}${before === undefined ? '' : ` (no longer to: ${before})`}${all ? ' (note that it matches everything that is said)' : ''}`,
  unsubscribed: (pattern: string) => `You are no longer subscribed to: ${pattern}`,
  reminders: (slugs: readonly string[]) =>
    slugs.length
      ? `I will remind you ten minutes before each slot of ${slugs.join(', ')}`
      : 'You have no reminders; for example: +remind #nova',
  noReminders: (slugs: readonly string[]) => `You are no longer reminded of ${slugs.join(', ')}`,
  beginsSoon: (slug: string, minutes: number, place: string, join: string | undefined) =>
    [`${slug} begins in ${plural(minutes, 'minute')}: ${place}`, join].filter(Boolean).join(' · '),
  /** @param where the place, and how to join */
  notice: (nick: string, said: string, ...where: readonly (string | undefined)[]) =>
    [`${said} (${nick})`, ...where].filter(Boolean).join(' · '),
  bookedNews: (slug: string, where: string) => `#${slug} has booked ${where}`,
  cancelledNews: (slug: string, where: string) => `#${slug} no longer has ${where}`,
  movedNews: (slug: string, where: string) => `#${slug} meets at another time: ${where}`,

  meetsElsewhere: (slug: string, where: string, until: string, timezone: string, now: Date) =>
    `#${slug} is ${where} until ${timeAt(until, timezone, now)}`,
  meetsElsewhereNext: (
    slug: string,
    other: string,
    room: string,
    time: Span,
    timezone: string,
    now: Date,
  ) => `#${other} is in ${room} when #${slug} meets next, ${spanAt(time, timezone, now)}`,
  bookedClash: (
    slug: string,
    { kind, meetings: [first], followers, ...time }: Clash,
    other: string,
    room: string,
    timezone: string,
    now: Date,
  ) => {
    const when = spanAt(time, timezone, now);
    if (kind === 'same-track') return `#${slug} has ${room} as well, ${when}`;
    if (kind === 'followers')
      return `#${other} is in ${room} then, ${when}, and ${followers} people follow both`;
    const named = first.track === slug ? `which #${slug} names` : `which names #${slug}`;
    return `#${other}, ${named}, is in ${room} then, ${when}`;
  },
  moreClashes: (more: number) => `${more} more meet at the same time, see ~clashes`,
  clash: (
    { kind, followers, ...time }: Clash,
    [[track, room], [other, elsewhere]]: readonly [TrackIn, TrackIn],
    timezone: string,
    now: Date,
  ) => {
    const when = spanAt(time, timezone, now);
    if (kind === 'same-track') return `${when}: #${track} in ${room} and in ${elsewhere}`;
    const why = kind === 'named' ? `#${track} names #${other}` : `${followers} people follow both`;
    return `${when}: #${track} in ${room}, #${other} in ${elsewhere} (${why})`;
  },
  clashes: (shown: readonly string[], count: number, undated: readonly string[]) => {
    const more = count - shown.length;
    const rest = more ? ` and ${more} more` : '';
    const unknown = undated.length ? ` (${undated.join(', ')}: no date yet, so not looked at)` : '';
    return `${shown.length ? `${shown.join(' · ')}${rest}` : 'Nothing clashes in the days to come'}${unknown}`;
  },

  when: (facts: WhenFacts, timezone: string, now: Date) => {
    const { slug, drift, next, last, undated } = facts;
    const state = whenState(facts, timezone, now);
    const meets = ({ start, room }: { start: string; room: string }) =>
      `${timeAt(start, timezone, now)}, ${room}`;
    const nextOne = next
      ? meets(next)
      : undated &&
        `${undated.room} on ${undated.day.name} ${undated.slot.start}-${undated.slot.end}; that day has no date yet`;
    if (nextOne !== undefined)
      return state === undefined
        ? `#${slug}: next ${nextOne}`
        : `#${slug}: ${state}. Next: ${nextOne}`;
    if (drift.kind !== 'apart') return `#${slug}: ${state}`;
    const nothing = last ? `nothing more is booked, last met ${meets(last)}` : `nothing is booked`;
    return `#${slug}: ${state === undefined ? '' : `${state}; `}${nothing}`;
  },
  slotsOver: (
    over: readonly (readonly [code: string, since: string])[],
    booked: number,
    timezone: string,
    now: Date,
  ) => {
    const since = ([, end]: readonly [string, string]) => timeAt(end, timezone, now);
    if (booked === 1) return `That slot has been over since ${since(over[0]!)}`;
    return over.map((one) => `${one[0]} has been over since ${since(one)}`).join(', ');
  },

  status: (
    { connectedSince, commit, published, problems, remote, remarks }: Status,
    timezone: string,
  ) =>
    [
      connectedSince ? `Connected since ${moment(connectedSince, timezone)}` : 'Not connected',
      `data at commit ${commit.slice(0, 7)}`,
      published
        ? `page at ${published.commit.slice(0, 7)} since ${moment(published.time, timezone)}`
        : 'nothing is published here',
      problems.length
        ? `${plural(problems.length, 'problem')}, the first: ${problemPlace(problems[0]!)}: ${problems[0]!.message}`
        : 'no problems',
      ...(remote ? [wording.remote(remote, commit)] : []),
      ...remarks,
    ].join(' · '),

  remote: ({ commit, problem }: RemoteState, ours: string) => {
    if (problem !== undefined) return problem;
    if (commit === undefined) return 'the remote has nothing yet';
    return `remote at ${shortId(commit)}${commit === ours ? '' : ', the rest follows'}`;
  },

  fetched: ({ tracks, rooms }: Schedule, remarks: readonly ImportRemark[]) =>
    `Imported; there are ${plural(tracks.size, 'track')} and ${plural(rooms.size, 'room')} now${
      remarks.length
        ? `. ${plural(remarks.length, 'remark')}, the first: ${remarks[0]!.path}: ${remarks[0]!.message}`
        : ''
    }`,

  help: (
    tracks: string,
    people: string,
    { track = 'nova', free: [code = 'aspen-FriP1'] }: EventNames,
    page: string | undefined,
  ) =>
    `I keep ${page ?? 'the schedule page'} current. In the channel: #TRACK with ${tracks}. For example: #${track} now cells, next: #${track} book ${code}. For yourself, also in private: ${people}. More with +help COMMAND; for operators: +help ~`,
  operatorHelp: (commands: string) =>
    `Operators have ${commands}. More with +help COMMAND, for example: +help ~motd`,
  helpCommand: ({ usage, example, summary }: Usage & { summary: string }) =>
    `${usage}: ${summary} For example: ${example}`,
  unknownPlace: (name: string, nearest: string | undefined) =>
    `There is no track or room ${name}.${didYouMean(nearest)}`,
  unknownTime: (name: string, nearest: string | undefined) =>
    `There is no day or slot "${name}".${didYouMean(nearest)}`,
  discusses: (slug: string, topic: string, place: string | undefined) =>
    `${slug}: ${topic}${place === undefined ? '' : ` (${place})`}`,
  nothingNow: (where: string) => `Nothing is announced${where && ` for ${where}`} today`,
  nothingNext: (where: string) => `Nothing is planned${where && ` for ${where}`}`,
  whereIs: (slug: string, place: string | undefined, join: string | undefined) =>
    place === undefined && join === undefined
      ? `${slug} has not said where it meets, and has nothing booked`
      : `${slug}: ${[place, join].filter(Boolean).join(' · ')}`,
  freeSlots: (codes: readonly string[], most: number, page: string | undefined) =>
    `Free: ${wording.some(codes, most, page)}`,
  nothingFree: (when: string) => `Nothing is free${when ? ` at ${when}` : ' any more today'}`,
  /** As many as an answer has room for. */
  some: (items: readonly string[], most: number, page: string | undefined): string =>
    items.length <= most
      ? items.join(' · ')
      : `${items.slice(0, most).join(' · ')} and ${items.length - most} more${page === undefined ? '' : `: ${page}`}`,
  /** To whoever said it, in the channel: that is the announcement. */
  waitsForReview: (number: number) =>
    `That waits as proposal ${number} until an operator says ~ok ${number}, or ~no ${number} WHY`,
  proposed: (number: number, who: string, subject: string) =>
    `Proposal ${number} by ${who}: ${subject}; an operator says ~ok ${number}, or ~no ${number} WHY`,
  proposals: (all: readonly Proposal[], timezone: string) =>
    all.length
      ? all
          .map(
            ({ number, subject, author, time }) =>
              `${number}: ${subject} (${author.name}, ${moment(time, timezone)})`,
          )
          .join(' · ')
      : 'Nothing is waiting for an operator',
  noProposal: (number: number) =>
    `There is no proposal ${number}; to list those there are: ~proposals`,
  ownProposal: (number: number) =>
    `You proposed that yourself; another operator has to say ~ok ${number}`,
  outdatedProposal: ({ number, subject }: Proposal, what: string) =>
    `Proposal ${number} (${subject}) no longer fits: ${what} has been changed since. Nothing was done; after ~no ${number} WHY it can be proposed again`,
  idleProposal: ({ number, subject }: Proposal) =>
    `Proposal ${number} (${subject}) would change nothing: it is like that already`,
  approved: ({ number, subject, author }: Proposal) =>
    `Proposal ${number} by ${author.name} is approved: ${subject}`,
  declined: ({ number, subject, author }: Proposal, why: string) =>
    `Proposal ${number} by ${author.name} is declined (${subject}): ${why}`,
  merged: ({ number, subject, author }: Proposal) =>
    `Proposal ${number} by ${author.name} was merged: ${subject}`,
  nothingToUndo: 'There is no change of yours to take back',
  takenBack: (changes: readonly RecentChange[]) =>
    `Took back: ${changes.map(({ subject, author }) => `${subject} (${author.name})`).join(' · ')}`,
  revertOf: (count: number) => `Revert ${plural(count, 'change')}`,
  standsInTheWay: (subject: string, what: string) =>
    `"${subject}" cannot be taken back: ${what} has been changed since; nothing was done`,
  noCommit: (id: string) => `There is no commit ${id}; expected one from ~log, such as 1a2b3c4`,
  log: (changes: readonly RecentChange[], timezone: string) =>
    changes
      .map(
        ({ commit, subject, author, time }) =>
          `${shortId(commit)} ${subject} (${author.name}, ${moment(time, timezone)})`,
      )
      .join(' · '),
  nothingLogged: (name: string | undefined) =>
    name === undefined
      ? 'Nothing has been changed yet'
      : `There are no changes to ${name}, and none by ${name}`,
  confirmRestore: (
    { commit, subject }: RecentChange,
    files: readonly string[],
    id: string,
    code: string,
  ) =>
    `This puts everything back as it was after ${shortId(commit)} (${subject}), which changes ${files.slice(0, 8).join(', ')}${files.length > 8 ? ` and ${files.length - 8} more` : ''}. If you mean it, say within a minute: ~restore ${id} ${code}`,
  restored: ({ commit, subject }: RecentChange) =>
    `Everything is as it was after ${shortId(commit)} (${subject}); ~log shows what that took back`,

  inNoRoom: (slug: string) =>
    `${slug} has no room booked at the moment; for any room, an operator can say: ~room set ROOM full`,

  notUnderstood: 'I did not understand that; +help shows what I can do, for example: +help now',
  tooFast:
    'You are faster than I am allowed to answer: what you say counts, but I leave out further answers',
  invited: (channels: readonly string[]) =>
    `Thank you for the invitation; I only join the channels I was set up for: ${channels.join(', ')}`,
  farewell: 'See you',
} as const;

/** As git shows it. */
function shortId(commit: string): string {
  return commit.slice(0, 7);
}

/** `Wed 14:05 MDT` */
function moment(time: string | Date, timezone: string): string {
  return momentLabel(new Date(time).toISOString(), timezone);
}

/** The slug of a track, and the name of a room. */
type TrackIn = readonly [track: string, room: string];

/** What there is to tell of a track and its times. */
export interface WhenFacts {
  readonly slug: string;
  readonly drift: TrackDrift;
  /** Where it meets, else where it says that it is. */
  readonly place: string | undefined;
  /** What it said today. */
  readonly topic: Track['now'];
  /** Tracks that discuss the same with it. */
  readonly joint: readonly string[];
  readonly next: { readonly start: string; readonly room: string } | undefined;
  readonly last: { readonly start: string; readonly room: string } | undefined;
  readonly undated: { readonly day: Day; readonly slot: Slot; readonly room: string } | undefined;
}

/** `Ballroom A until 10:45 MDT; last word 95 min ago, "multi-attach"` */
function whenState(
  { drift, place = '', topic, joint }: WhenFacts,
  timezone: string,
  now: Date,
): string | undefined {
  const subject =
    topic && `"${shortened(topic.topic)}"${joint.map((one) => ` with #${one}`).join('')}`;
  const until = (end: string) => `${place} until ${timeAt(end, timezone, now)}`;
  switch (drift.kind) {
    case 'not-started':
      return `${until(drift.meeting.end)}; ${driftWords(drift)} (nothing announced, ${drift.minutes} min in)`;
    case 'on-time':
      return `${until(drift.meeting.end)}; on time, ${subject}`;
    case 'quiet':
      return `${until(drift.meeting.end)}; ${driftWords(drift)}, ${subject}`;
    case 'over':
      return `${driftWords(drift)} in ${place}, ${subject}`;
    case 'guest':
      return `${subject}, ${until(drift.meeting.end)}`;
    case 'apart': {
      if (topic?.since === undefined) return undefined;
      const minutes = Math.floor((now.getTime() - Date.parse(topic.since)) / 60_000);
      return `${lastWord(Math.max(minutes, 0))}, ${subject}${place && ` (${place})`}`;
    }
  }
}

/** Enough of a topic to know which one it is. */
function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed().trimEnd()}…` : text;
}

/** `Monday 09:00-10:45 (aspen-MonA1)` */
export function slotWhen(day: Day, slot: Slot, code: string): string {
  return `${day.name} ${slot.start}-${slot.end} (${code})`;
}

function problemPlace({ commit, author, ...problem }: Problem): string {
  const place = placeOfProblem(problem);
  return commit ? `${place} (commit ${commit.slice(0, 7)}${author ? ` by ${author}` : ''})` : place;
}
