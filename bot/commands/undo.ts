/** Taking changes back: by the values that they changed, as a commit of its own. */
import { conflictPlace, mergeSchedules } from '../../schedule-data/schedule/merge.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { changesBetween, type FileChange } from '../../schedule-data/store/changes.ts';
import { wording } from '../wording.ts';
import type {
  Answer,
  DataSources,
  Fetched,
  OperatorCommand,
  PersonCommand,
  ScheduleChange,
  TrackCommand,
} from './command.ts';
import { Confirmation } from './confirmation.ts';

/** How many changes `~log` lists unless told, and at most. */
const usualLog = 5;
const mostLog = 10;

async function lastChange(
  sources: DataSources,
  filter: { readonly track?: string; readonly author?: string },
): Promise<Fetched> {
  return { changes: [await sources.lastChange(filter)] };
}

/** The schedule without some changes, the newest first; or what stands in the way. */
function takeBack(schedule: Schedule, changes: readonly ScheduleChange[]): Answer {
  let current = schedule;
  for (const { before, after, subject } of changes) {
    const merged = mergeSchedules(after, current, before);
    const [conflict] = merged.conflicts;
    if (conflict) return { reply: wording.standsInTheWay(subject, conflictPlace(conflict)) };
    current = merged.schedule;
  }
  const subjects = changes.map(({ subject }) => subject);
  return {
    schedule: current,
    reverts: {
      subject:
        subjects.length === 1 ? `Revert "${subjects[0]}"` : wording.revertOf(subjects.length),
      commits: changes.map(({ commit }) => commit),
    },
    reply: wording.takenBack(changes),
  };
}

const nothing = (fetched: Fetched | undefined) =>
  fetched?.changes?.[0] === undefined ? { reply: wording.nothingToUndo } : undefined;

export const undoForTrack: TrackCommand = {
  kind: 'track',
  name: 'undo',
  usage: '#TRACK undo',
  summary:
    "takes back your last change to the track; for operators, anybody's. Saying it again takes back the undo.",
  example: '#nova undo',
  fetchesInTurn: true,
  fetch: ({ slug, author, isOperator }, sources) =>
    lastChange(sources, { track: slug, ...(!isOperator && { author }) }),
  run: (schedule, call, { fetched }) => {
    // Of several tracks the last changes need not be the same.
    if (call.with.length) return { reply: wording.rightForm(undoForTrack) };
    return nothing(fetched) ?? takeBack(schedule, [fetched!.changes![0]!]);
  },
};

export const undo: PersonCommand = {
  kind: 'person',
  name: 'undo',
  usage: '+undo',
  summary: 'takes back your last change, whatever it was. Saying it again takes back the undo.',
  example: '+undo',
  fetchesInTurn: true,
  fetch: ({ author }, sources) => lastChange(sources, { author }),
  run: (schedule, _text, { fetched }) =>
    nothing(fetched) ?? takeBack(schedule, [fetched!.changes![0]!]),
};

const ids = (text: string) => text.split(/[\s,]+/).filter(Boolean);

export const revert: OperatorCommand = {
  kind: 'operator',
  name: 'revert',
  usage: '~revert COMMIT…',
  summary: 'takes back changes by their ids from ~log; what others have changed since stays.',
  example: '~revert 1a2b3c4',
  fetchesInTurn: true,
  fetch: async ({ text }, sources) => ({
    changes: await Promise.all(ids(text).map((id) => sources.change(id))),
  }),
  run: (schedule, text, { fetched }) => {
    const wanted = ids(text);
    if (!wanted.length) return { reply: wording.rightForm(revert) };
    const changes = fetched?.changes ?? [];
    const missing = wanted.find((_id, index) => !changes[index]);
    if (missing !== undefined) return { reply: wording.noCommit(missing) };
    const newestFirst = changes
      .flatMap((one) => one ?? [])
      .toSorted((a, b) => (a.time < b.time ? 1 : -1));
    return takeBack(schedule, newestFirst);
  },
};

export const log: OperatorCommand = {
  kind: 'operator',
  name: 'log',
  usage: '~log [TRACK|NICK] [N]',
  summary: 'lists the last changes, of a track or by somebody, with the ids that ~revert takes.',
  example: '~log nova 5',
  fetchesInTurn: true,
  fetch: async ({ text }, sources) => {
    const { name, most } = logOf(text);
    const ofTrack = name === undefined ? [] : await sources.recentChanges({ track: name, most });
    const filter = name === undefined ? {} : { author: name };
    return { recent: ofTrack.length ? ofTrack : await sources.recentChanges({ ...filter, most }) };
  },
  run: ({ event }, text, { fetched }) => {
    const recent = fetched?.recent ?? [];
    const { name } = logOf(text);
    return {
      reply: recent.length ? wording.log(recent, event.timezone) : wording.nothingLogged(name),
    };
  },
};

function logOf(text: string): { readonly name?: string; readonly most: number } {
  const [, name, count] = /^(?:#?(\S*?\p{L}\S*))?\s*(\d+)?$/u.exec(text) ?? [];
  const most = Math.min(Math.max(Number(count ?? usualLog), 1), mostLog);
  return { most, ...(name !== undefined && { name: name.toLowerCase() }) };
}

export const restore: OperatorCommand = {
  kind: 'operator',
  name: 'restore',
  usage: '~restore COMMIT [CODE]',
  summary: 'puts the whole schedule back as it was at a commit, after asking once more.',
  example: '~restore 1a2b3c4',
  fetchesInTurn: true,
  fetch: async ({ text }, sources) => ({ changes: [await sources.change(ids(text)[0] ?? '')] }),
  run: (schedule, text, { fetched, nick, now }) => {
    const [id, code, ...more] = ids(text);
    if (id === undefined || more.length) return { reply: wording.rightForm(restore) };
    const found = fetched?.changes?.[0];
    if (!found) return { reply: wording.noCommit(id) };
    const changes = changesBetween(schedule, found.after);
    if (!changes.length) return { reply: wording.noChange };
    const confirmation = new Confirmation(`${nick} ${found.commit}`, now);
    if (code === undefined)
      return {
        reply: wording.confirmRestore(found, changes.map(nameOfFile), id, confirmation.code),
      };
    if (!confirmation.accepts(code)) return { reply: wording.rightForm(restore) };
    return { schedule: found.after, reply: wording.restored(found) };
  },
};

const nameOfFile = ({ kind, slug }: FileChange) => slug || kind;
