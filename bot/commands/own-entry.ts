import type { Person } from '../../schedule-data/format/file-schemas.ts';
import { entryOf, withPerson } from '../../schedule-data/people/person.ts';
import { wording } from '../wording.ts';
import type { Answer, Context } from './command.ts';

/** Does something with what is kept of the speaker, if it is theirs: a person returned replaces it. */
export function withOwnEntry(
  { people, fold, nick, account }: Context,
  change: (person: Person) => { readonly person?: Person; readonly reply: string } | Answer,
): Answer {
  const who = { nick, account };
  const { person: own, closedBy } = entryOf(people, who, fold);
  if (closedBy !== undefined) return { reply: wording.closedEntry(closedBy) };
  const answer = change(own);
  if (!('person' in answer) || !answer.person) return answer;
  return { reply: answer.reply, people: withPerson(people, who, answer.person, fold) };
}
