import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ChatLine } from '../../bot/chat.ts';
import { createConsoleChat, safeNick } from '../../bot/console.ts';

function startConsole() {
  const input = new PassThrough();
  const output = new PassThrough();
  const heard: ChatLine[] = [];
  const chat = createConsoleChat({ input, output, nick: 'sam' });
  chat.start({ line: (line) => heard.push(line), renamed: () => undefined });
  return { chat, input, heard, printed: () => String(output.read() ?? '') };
}

describe('the console', () => {
  test('hands over what is typed as said by an op in #console, in order', async () => {
    const { input, heard, chat } = startConsole();
    input.write('#nova now one\n\n#nova next ');
    input.write('two\x07\r\n');
    await turn();
    expect(heard).toMatchObject([
      { nick: 'sam', role: 'op', channel: '#console', text: '#nova now one' },
      { nick: 'sam', role: 'op', channel: '#console', text: '#nova next two' },
    ]);
    expect(chat.network).toBe('console');
  });

  test('prints replies line by line, without a prompt where there is no terminal', () => {
    const { chat, printed } = startConsole();
    chat.say('#console', 'first\nsecond');
    chat.say('sam', 'in private');
    chat.say('alex', 'psst');
    expect(printed()).toBe('first\nsecond\nin private\n(to alex) psst\n');
  });

  test('lets no text command the terminal', () => {
    const { chat, printed } = startConsole();
    chat.say('#console', 'red \x1b[31m and \x9b2J cleared\x07');
    expect(printed()).toBe('red [31m and 2J cleared\n');
  });

  test('ends at the end of the input, and still prints', async () => {
    const { chat, input, heard, printed } = startConsole();
    input.end('last words\n');
    await turn();
    await turn();
    expect(heard.map((line) => line.text)).toEqual(['last words']);
    chat.say('#console', 'still here');
    expect(printed()).toBe('still here\n');
    await chat.stop('bye');
    expect(printed()).toBe('bye\n');
  });

  test('hears nothing more once stopped', async () => {
    const { chat, input, heard } = startConsole();
    await chat.stop('bye');
    input.write('too late\n');
    await turn();
    expect(heard).toEqual([]);
  });
});

describe('at a terminal', () => {
  function startTerminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    const heard: string[] = [];
    let quits = 0;
    const chat = createConsoleChat({
      ...{ input, output, nick: 'sam', welcome: 'The page: http://127.0.0.1:8000/' },
      onQuit: () => quits++,
    });
    chat.start({ line: ({ text }) => heard.push(text), renamed: () => undefined });
    const type = async (text: string) => {
      input.write(`${text}\r`);
      await turn();
      await turn();
    };
    return { type, heard, quits: () => quits, printed: () => String(output.read() ?? '') };
  }

  test('begins with what to do', () => {
    expect(startTerminal().printed()).toContain('The page: http://127.0.0.1:8000/\n');
  });

  test.each([
    ['help', '+help'],
    ['/help', '+help'],
    ['Help now', '+help now'],
    ['helpers meet at noon', 'helpers meet at noon'],
  ])('%j is heard as %j', async (typed, expected) => {
    const { type, heard } = startTerminal();
    await type(typed);
    expect(heard).toEqual([expected]);
  });

  test.each(['quit', '/quit', 'EXIT'])('%j ends it', async (typed) => {
    const { type, heard, quits } = startTerminal();
    await type(typed);
    expect({ heard, quits: quits() }).toEqual({ heard: [], quits: 1 });
  });
});

test.each([
  ['sam', 'sam'],
  ['Zoë Müller', 'ZoMller'],
  ['0-day', 'day'],
  ['日本', 'you'],
  ['', 'you'],
])('the user %j is called %s', (user, nick) => {
  expect(safeNick(user)).toBe(nick);
});

test('a terminal whose output goes away ends nothing', async () => {
  const { chat, input, heard } = startConsole();
  const output = new PassThrough();
  const second = createConsoleChat({ input: new PassThrough(), output, nick: 'sam' });
  second.start({ line: () => undefined, renamed: () => undefined });
  output.emit('error', new Error('write EPIPE'));
  expect(() => second.say('#console', 'anybody there?')).not.toThrow();
  expect(output.read()).toBeNull();
  input.write('#nova now still here\n');
  await turn();
  expect(heard).toHaveLength(1);
  await chat.stop('bye');
});
