/**
 * commands/ is a row for each command; none does input or output. This file: the command table. Help,
 * and what a line is taken for, are made from it.
 */
import { book, unbook } from './bookings.ts';
import {
  isCalled,
  type Command,
  type OperatorCommand,
  type PersonCommand,
  type TrackCommand,
} from './command.ts';
import { color, etherpad, location, url } from './details.ts';
import { full } from './full.ts';
import { helpFor } from './help.ts';
import { motd } from './operators/announcements.ts';
import { clashes } from './operators/clashes.ts';
import { day, slot } from './operators/days.ts';
import { alloweveryone, emptydb, event, link, requirevoice } from './operators/event.ts';
import { fetchdb } from './operators/fetchdb.ts';
import { no, ok, proposals } from './operators/review.ts';
import { room } from './operators/rooms.ts';
import { status } from './operators/status.ts';
import * as tracks from './operators/tracks.ts';
import { checkIn, checkOut, seen } from './presence.ts';
import { free, whatIsNext, whatIsNow, where } from './questions.ts';
import { remind, subscribe, unsubscribe } from './subscriptions.ts';
import { clean, next, now } from './now-next.ts';
import { when } from './when.ts';
import { log, restore, revert, undo, undoForTrack } from './undo.ts';

export const trackCommands: readonly TrackCommand[] = [
  now,
  next,
  clean,
  full,
  etherpad,
  url,
  color,
  location,
  book,
  unbook,
  undoForTrack,
];

export const operatorCommands: readonly OperatorCommand[] = [
  tracks.list,
  tracks.add,
  tracks.del,
  tracks.clean,
  tracks.rename,
  tracks.newday,
  motd,
  requirevoice,
  alloweveryone,
  event,
  day,
  slot,
  room,
  link,
  log,
  revert,
  restore,
  proposals,
  ok,
  no,
  clashes,
  status,
  fetchdb,
  emptydb,
];

const help: PersonCommand = helpFor(() => [
  ...trackCommands,
  ...personCommands,
  ...operatorCommands,
]);

export const personCommands: readonly PersonCommand[] = [
  checkIn,
  checkOut,
  seen,
  whatIsNow,
  whatIsNext,
  where,
  when,
  free,
  undo,
  subscribe,
  unsubscribe,
  remind,
  help,
];

/** The command of a name, or of one of its aliases, ignoring case. */
export function commandNamed<C extends Command>(
  commands: readonly C[],
  word: string,
): C | undefined {
  const wanted = word.toLowerCase();
  return commands.find((command) => isCalled(command, wanted));
}
