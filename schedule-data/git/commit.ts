/** The shape of every commit that is made here, whoever asked for it. */
import type { CommitObject } from './object-format.ts';
import { oneLine, percentEncoded } from '../text/text.ts';

export interface Signature {
  readonly name: string;
  readonly email: string;
}

/** What one commit says, besides the data. */
export interface CommitMessage {
  /** Short and human: `nova: now multi-attach`. */
  readonly subject: string;
  /** What the subject does not say, one paragraph or more. */
  readonly body?: string;
  readonly author: Signature;
  readonly time: Date;
  /** Lines such as `Irc-Channel: #ptg`: for people, never executed and no proof of anything. */
  readonly trailers: readonly (readonly [key: string, value: string | undefined])[];
}

/** Who commits whatever is said; and the author of what nobody said. */
export const committer: Signature = { name: 'ptgbot', email: 'ptgbot@ptgbot.invalid' };

/**
 * The author for somebody in a chat. The address says whether services vouch for them, so that a
 * stranger who takes a nick never looks like its owner; user and host names are private.
 */
export function chatAuthor(chat: { nick: string; account?: string; network: string }): Signature {
  const network = chat.network.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || 'unknown';
  const email = chat.account
    ? `${localPart(chat.account)}@accounts.${network}.invalid`
    : `${localPart(chat.nick)}@nicks.${network}.invalid`;
  return { name: oneLine(chat.nick).replace(/[<>]/g, '') || 'unknown', email };
}

/** How many changes a commit message lists; a whole event may come at once. */
const mostListed = 50;

/** What changed, as a paragraph of a commit message: what people say never begins a line. */
export function changeList(changes: readonly string[]): string {
  const more = changes.length - mostListed;
  return [
    ...changes.slice(0, mostListed).map((change) => `- ${change}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

/** Different nicks give different addresses, and none gives a broken header. */
function localPart(name: string): string {
  return percentEncoded(name) || 'unknown';
}

/** The whole of what was said stands in a trailer. */
function shortened(subject: string): string {
  return subject.length > 120 ? `${subject.slice(0, 119).toWellFormed().trimEnd()}…` : subject;
}

function messageText({ subject, body, trailers }: CommitMessage): string {
  // A line that begins with # is a comment to git's editor.
  const head = shortened(oneLine(subject).replace(/^[#\s]+/, '')) || 'change';
  const paragraphs = (body ?? '').split(/\n\s*\n/).map((paragraph) =>
    paragraph
      .split('\n')
      .map((line) => oneLine(line).replace(/^#+\s*/, ''))
      .filter(Boolean)
      .join('\n'),
  );
  const lines = trailers.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${oneLine(value)}`],
  );
  return `${[head, ...paragraphs, lines.join('\n')].filter(Boolean).join('\n\n')}\n`;
}

/** The commit object for a message. @param parents none for the first commit of all, two for a merge */
export function commitObject(
  message: CommitMessage,
  tree: string,
  parents: readonly string[],
): CommitObject {
  const when = { timestamp: Math.floor(message.time.getTime() / 1000) };
  return {
    message: messageText(message),
    tree,
    parent: parents,
    author: { ...message.author, ...when },
    committer: { ...committer, ...when },
  };
}
