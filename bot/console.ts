import { createInterface, type Interface } from 'node:readline';
import type { Chat } from './chat.ts';
import { plainText, outgoingLines } from './text.ts';
import { systemUser } from './system-user.ts';

export interface ConsoleOptions {
  readonly input?: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output?: NodeJS.WritableStream & { isTTY?: boolean };
  /** What you are called; by default as the operating system knows you. */
  readonly nick?: string;
  /** What somebody at a terminal is told first. */
  readonly welcome?: string;
  /** Called when somebody at a terminal wants to leave; unless given, all of it ends. */
  readonly onQuit?: () => unknown;
}

/** The only channel there is; you are an op in it. */
export const consoleChannel = '#console';

/**
 * The terminal as a chat. The end of the input ends the conversation and nothing else: what is
 * said is still printed.
 */
export function createConsoleChat({
  input = process.stdin,
  output = process.stdout,
  nick = safeNick(systemUser() ?? ''),
  welcome,
  onQuit = () => process.kill(process.pid, 'SIGINT'),
}: ConsoleOptions = {}): Chat {
  const interactive = Boolean(input.isTTY && output.isTTY);
  let lines: Interface | undefined;
  let isGone = false;

  const print = (line: string) => {
    if (isGone) return;
    // Written over the prompt, which then comes again with what has been typed so far.
    output.write(lines && interactive ? `\r\x1b[K${line}\n` : `${line}\n`);
    if (interactive) lines?.prompt(true);
  };
  const end = () => {
    const ending = lines;
    lines = undefined;
    ending?.close();
  };

  return {
    kind: 'console',
    channels: [consoleChannel],
    network: 'console',
    nick: 'ptgbot',
    problems: [],
    connectedSince: new Date(),
    fold: (name) => name.toLowerCase(),
    reach: (person) => (person.nick === nick ? nick : undefined),
    start(listener) {
      lines = createInterface({ input, output, terminal: interactive, prompt: '> ' });
      lines.on('line', (line) => {
        const text = asCommand(plainText(line));
        if (interactive && isFarewell(text)) onQuit();
        else if (text !== '')
          listener.line({ nick, role: 'op', channel: consoleChannel, text, time: new Date() });
        if (interactive) lines?.prompt();
      });
      lines.on('close', end);
      // Without this, readline would keep Ctrl-C to itself.
      lines.on('SIGINT', onQuit);
      // A terminal that goes away is an end of input.
      input.on('error', end);
      output.on('error', () => {
        isGone = true;
      });
      if (interactive && welcome !== undefined) print(welcome);
      else if (interactive) lines.prompt();
    },
    say(target, text) {
      const aside = target === consoleChannel || target === nick ? '' : `(to ${target}) `;
      // No control characters: text from elsewhere must not command the terminal.
      for (const line of outgoingLines(text)) print(aside + line);
    },
    stop(farewell) {
      end();
      for (const line of outgoingLines(farewell)) print(line);
      return Promise.resolve();
    },
  };
}

/** `help now` and `/help`, as programs and chats elsewhere want it, mean our own. */
const asCommand = (text: string) => text.replace(/^\/?help\b/i, '+help');

const isFarewell = (text: string) => /^\/?(?:quit|exit)$/i.test(text);

/** A name made a nick: ASCII letters, digits, `-` and `_`, not beginning with a digit or `-`. */
export function safeNick(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9_-]+/g, '')
      .replace(/^[0-9-]+/, '')
      .slice(0, 30) || 'you'
  );
}
