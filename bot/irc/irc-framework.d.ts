/**
 * irc-framework ships no types; these declare what is used here. What comes from the server may
 * be missing or malformed wherever it says `| undefined`.
 */
declare module 'irc-framework' {
  type Text = string | undefined;

  interface FromSomebody {
    readonly nick: Text;
    readonly tags: Readonly<Record<string, Text>>;
    /** Milliseconds since 1970, from the server-time tag. */
    readonly time?: number | undefined;
    /** Set on what a server sends in a batch, such as history. */
    readonly batch?: { readonly type: Text } | undefined;
  }

  interface Message extends FromSomebody {
    readonly from_server: boolean;
    readonly target: Text;
    /** The prefix of a message to some members only: `@` in `@#channel`. */
    readonly group?: Text;
    readonly message: Text;
    /** From the account-tag. */
    readonly account?: Text;
  }

  export interface ClientEvents {
    registered: { readonly nick: Text };
    /** A reason, where there was an error. */
    'socket close': Error | false | undefined;
    close: boolean;
    'ping timeout': undefined;
    privmsg: Message;
    notice: Message;
    invite: FromSomebody & { readonly invited: Text; readonly channel: Text };
    topic: { readonly nick?: Text; readonly channel: Text; readonly topic: string };
    topicsetby: { readonly nick: Text; readonly channel: Text };
    'server options': { readonly options: Client['network']['options'] };
    'cap ls': { readonly capabilities: Readonly<Record<string, string>> };
    'cap ack': { readonly capabilities: Readonly<Record<string, string>> };
    loggedin: { readonly nick: Text; readonly account: Text };
    loggedout: { readonly nick: Text };
    whois: {
      readonly nick: Text;
      readonly account?: string;
      readonly registered_nick?: string;
      readonly bot?: string;
    };
    'ctcp request': Message & { readonly type: Text };
    userlist: {
      readonly channel: Text;
      readonly users: readonly { readonly nick: string; readonly modes: readonly string[] }[];
    };
    wholist: { readonly users: readonly { readonly nick: Text; readonly account?: Text }[] };
    join: FromSomebody & { readonly channel: Text; readonly account?: string | false | undefined };
    part: FromSomebody & { readonly channel: Text };
    kick: FromSomebody & { readonly channel: Text; readonly kicked: Text; readonly message: Text };
    quit: FromSomebody;
    nick: FromSomebody & { readonly new_nick: Text };
    account: { readonly nick: Text; readonly account: string | false | undefined };
    mode: {
      readonly target: Text;
      readonly modes: readonly {
        readonly mode: string;
        readonly param: string | null | undefined;
      }[];
    };
    'nick in use': { readonly nick: Text; readonly reason: Text };
    'nick invalid': { readonly nick: Text; readonly reason: Text };
    'sasl failed': { readonly reason: string; readonly message?: Text };
    'irc error': { readonly error: string; readonly channel?: Text; readonly reason?: Text };
    channel_redirect: { readonly from: Text; readonly to: Text };
    /** Also the numerics that the library doesn't know. */
    'unknown command': { readonly command: string; readonly params: readonly Text[] };
  }

  /** What carries the lines: emits `open`, `line` (a string) and `close` (an error, or false). */
  export interface Transport extends NodeJS.EventEmitter {
    connect(): void;
    writeLine(line: string, written?: () => void): void;
    close(force?: boolean): void;
    disposeSocket(): void;
    setEncoding(encoding: string): boolean;
  }

  export interface ClientOptions {
    nick: string;
    username: string;
    gecos: string;
    password?: string | undefined;
    /** For SASL; an object without `account` means no SASL. */
    account: { account?: string; password?: string };
    sasl_mechanism?: string | undefined;
    /** Answer to CTCP VERSION; an empty one leaves the answer to us. */
    version: string;
    auto_reconnect: boolean;
    ping_interval: number;
    ping_timeout: number;
    message_max_length: number;
    transport: new () => Transport;
  }

  interface Handlers {
    readonly network: { readonly cap: { negotiating: boolean } };
  }
  type Handler = (command: unknown, handler: Handlers) => void;

  export class Client {
    constructor(options: ClientOptions);
    readonly user: { readonly nick: string };
    readonly connection: { readonly transport: Transport | null };
    readonly network: {
      readonly options: {
        readonly CASEMAPPING: unknown;
        readonly PREFIX: unknown;
        readonly NETWORK?: unknown;
        readonly WHOX?: unknown;
        readonly BOT?: unknown;
        readonly TOPICLEN?: unknown;
      };
      readonly cap: { negotiating: boolean; isEnabled(name: string): boolean };
    };
    readonly command_handler: {
      readonly handlers: { readonly RPL_LOGGEDIN: Handler };
      addHandler(command: string, handler: Handler): void;
      /** Every line of the server goes through it. */
      dispatch(message: {
        readonly command: string;
        readonly nick: string;
        readonly params: string[];
        readonly tags: Record<string, string | undefined>;
      }): void;
    };
    on<E extends keyof ClientEvents>(event: E, listener: (event: ClientEvents[E]) => void): this;
    connect(): void;
    join(channel: string, key?: string): void;
    raw(...parts: string[]): void;
    mode(target: string, modes: string): void;
    setTopic(channel: string, topic: string): void;
    part(channel: string, message?: string): void;
    say(target: string, message: string): void;
    who(target: string): void;
    changeNick(nick: string): void;
    ctcpResponse(target: string, ...parts: string[]): void;
    quit(message: string): void;
  }
}
