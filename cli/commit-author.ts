import { systemUser } from '../bot/system-user.ts';
import { chatAuthor, type CommitMessage } from '../schedule-data/git/commit.ts';

/** A commit message by whoever runs the command. */
export function commitAsUser(subject: string): CommitMessage {
  return {
    subject,
    author: chatAuthor({ nick: systemUser() ?? 'operator', network: 'console' }),
    time: new Date(),
    trailers: [],
  };
}
