/** The bytes of a line of the protocol, its CR LF included (RFC 2812, section 2.3). */
const lineBytes = 512;
/** User name with its `~`, and host name: no server sends longer ones. */
const [userBytes, hostBytes] = [11, 63];

/**
 * How many bytes of text fit into one message to `target`. Servers pass it on as
 * `:nick!user@host PRIVMSG target :text` and cut off what is beyond the limit.
 */
export function maxTextBytes(nick: string, target: string): number {
  const frame = `:${nick}!@ PRIVMSG ${target} :\r\n`;
  return lineBytes - Buffer.byteLength(frame) - userBytes - hostBytes;
}
