import { userInfo } from 'node:os';
import { chatAuthor, type CommitMessage } from '../schedule-data/commit.ts';

/** A commit message by whoever runs the command. */
export function commitByCaller(subject: string): CommitMessage {
  return {
    subject,
    author: chatAuthor({ nick: callerName(), network: 'console' }),
    time: new Date(),
    trailers: [],
  };
}

function callerName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry, as in containers.
    return 'operator';
  }
}
