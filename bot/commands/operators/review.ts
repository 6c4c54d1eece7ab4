/** Proposals: changes that count only when an operator says so. */
import { mergeSchedules, conflictPlace } from '../../../schedule-data/schedule/merge.ts';
import { changesBetween } from '../../../schedule-data/store/changes.ts';
import { wording } from '../../wording.ts';
import type { Fetched, FetchRequest, DataSources, OperatorCommand } from '../command.ts';

/** The number that a text begins with, `3` or `#3`, and what follows it. */
function numberIn(text: string): { readonly number: number; readonly rest: string } | undefined {
  const [, digits, rest = ''] = /^#?(\d{1,9})(?:\s+(.*))?$/s.exec(text) ?? [];
  return digits === undefined ? undefined : { number: Number(digits), rest };
}

async function fetchProposal(
  { text, author }: FetchRequest,
  sources: DataSources,
): Promise<Fetched> {
  const wanted = numberIn(text);
  const proposal = wanted && (await sources.proposal(wanted.number));
  return proposal ? { proposal: { ...proposal, isOwn: proposal.author.email === author } } : {};
}

export const proposals: OperatorCommand = {
  kind: 'operator',
  name: 'proposals',
  usage: '~proposals',
  summary: 'lists the changes that wait for an operator.',
  example: '~proposals',
  fetchesInTurn: true,
  fetch: async (_request, sources) => ({ proposals: await sources.proposals() }),
  run: ({ event }, _text, { fetched }) => ({
    reply: wording.proposals(fetched?.proposals ?? [], event.timezone),
  }),
};

export const ok: OperatorCommand = {
  kind: 'operator',
  name: 'ok',
  usage: '~ok N',
  summary: "approves somebody else's proposal: from then on it counts.",
  example: '~ok 3',
  fetchesInTurn: true,
  fetch: fetchProposal,
  run: (schedule, text, { fetched }) => {
    const wanted = numberIn(text);
    if (!wanted || wanted.rest !== '') return { reply: wording.rightForm(ok) };
    const proposal = fetched?.proposal;
    if (!proposal) return { reply: wording.noProposal(wanted.number) };
    if (proposal.isOwn) return { reply: wording.ownProposal(wanted.number) };
    const merged = mergeSchedules(proposal.before, schedule, proposal.after);
    const [conflict] = merged.conflicts;
    if (conflict) return { reply: wording.outdatedProposal(proposal, conflictPlace(conflict)) };
    if (!changesBetween(schedule, merged.schedule).length)
      return { reply: wording.idleProposal(proposal), closes: { proposal } };
    return {
      schedule: merged.schedule,
      reply: wording.approved(proposal),
      closes: { proposal },
    };
  },
};

export const no: OperatorCommand = {
  kind: 'operator',
  name: 'no',
  usage: '~no N WHY',
  summary: 'declines a proposal, and says why.',
  example: '~no 3 we need that room for lunch',
  fetchesInTurn: true,
  fetch: fetchProposal,
  run: (_schedule, text, { fetched }) => {
    const { number, rest: why } = numberIn(text) ?? { number: 0, rest: '' };
    if (why === '') return { reply: wording.rightForm(no) };
    const proposal = fetched?.proposal;
    if (!proposal) return { reply: wording.noProposal(number) };
    return { reply: wording.declined(proposal, why), closes: { proposal, why } };
  },
};
