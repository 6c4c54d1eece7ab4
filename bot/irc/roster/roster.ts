/**
 * roster/ is who else is in our channels, with which role and account. It never decides what they
 * may do, and sends nothing but WHOIS and WHO. This file: the roster itself.
 */

import type { Identity } from '../../../schedule-data/people/person.ts';
import type { Role } from '../../chat.ts';
import { foldNick } from './casemapping.ts';

/** What the server says about itself (ISUPPORT), as far as roles depend on it. */
export interface Supported {
  readonly casemapping: string;
  /** Modes that have a prefix, highest first: `q a o h v`. */
  readonly prefixModes: readonly string[];
}

/**
 * The role that modes give: from op upwards `op`, below that down to voice `voice`. What stands
 * above op differs between networks (owner, admin, …), its rank is in the order of the list.
 */
export function roleOf(modes: Iterable<string>, prefixModes: readonly string[]): Role {
  const ranks = Array.from(modes, (mode) => prefixModes.indexOf(mode)).filter((rank) => rank >= 0);
  const best = Math.min(...ranks);
  if (best <= prefixModes.indexOf('o')) return 'op';
  return best <= prefixModes.indexOf('v') ? 'voice' : 'none';
}

/** What we know about somebody's services account. */
export interface AccountInfo {
  /** Undefined: not identified. */
  readonly account: string | undefined;
  /** Said by WHOIS, about this nick; to be asked again from then on (milliseconds since 1970). */
  readonly until?: number;
  /** Marked as a bot. */
  readonly isBot?: boolean;
}

interface Member {
  readonly nick: string;
  readonly modes: Set<string>;
  /** Undefined: nobody told us. */
  known?: AccountInfo | undefined;
}

/** More members than any channel has, and longer nicks than any network allows. */
const [maxMembers, maxNickLength] = [20_000, 64];

/**
 * Who is in which channel, with which modes and account, as the server tells it event by event.
 * Nobody has a role in a channel whose list of names hasn't come.
 */
export class Roster {
  readonly #supported: () => Supported;
  readonly #channels = new Map<string, Map<string, Member>>();
  readonly #listed = new Set<string>();

  /** @param supported is asked each time, as the server may say it at any time */
  constructor(supported: () => Supported) {
    this.#supported = supported;
  }

  fold(name: string): string {
    return foldNick(name, this.#supported().casemapping);
  }

  role(channel: string, nick: string): Role {
    if (!this.#listed.has(this.fold(channel))) return 'none';
    const member = this.#member(channel, nick);
    return member === undefined ? 'none' : roleOf(member.modes, this.#supported().prefixModes);
  }

  /** Does somebody of this nick share any channel with us? */
  has(nick: string): boolean {
    return [...this.#channels.values()].some((members) => members.has(this.fold(nick)));
  }

  /** The nick of somebody who shares any channel with us, by their account where they have one. */
  reach({ nick, account }: Identity): string | undefined {
    for (const members of this.#channels.values()) {
      const named = members.get(this.fold(nick));
      if (account === undefined ? named : this.#isCalled(named, account)) return named?.nick;
      const other =
        account !== undefined && [...members.values()].find((one) => this.#isCalled(one, account));
      if (other) return other.nick;
    }
    return undefined;
  }

  /** What is known about somebody who shares any channel with us; undefined for nothing. */
  known(nick: string, now: number): AccountInfo | undefined {
    for (const members of this.#channels.values()) {
      const known = members.get(this.fold(nick))?.known;
      if (known && now < (known.until ?? Infinity)) return known;
    }
    return undefined;
  }

  /** The whole list of a channel has come (NAMES). */
  listed(
    channel: string,
    users: Iterable<{ readonly nick: string; readonly modes: Iterable<string> }>,
  ): void {
    const before = this.#channels.get(this.fold(channel));
    const members = new Map<string, Member>();
    this.#channels.set(this.fold(channel), members);
    for (const { nick, modes } of users)
      this.#add(channel, {
        nick,
        modes: new Set(modes),
        known: before?.get(this.fold(nick))?.known,
      });
    this.#listed.add(this.fold(channel));
  }

  /** @param known undefined where the server doesn't tell */
  joined(channel: string, nick: string, known?: AccountInfo): void {
    this.#add(channel, { nick, modes: new Set(), known });
  }

  /** Somebody left a channel by whatever way. */
  left(channel: string, nick: string): void {
    this.#channels.get(this.fold(channel))?.delete(this.fold(nick));
  }

  /** We are no longer in the channel, and no longer hear what changes there. */
  forget(channel: string): void {
    this.#channels.delete(this.fold(channel));
    this.#listed.delete(this.fold(channel));
  }

  quit(nick: string): void {
    for (const members of this.#channels.values()) members.delete(this.fold(nick));
  }

  renamed(nick: string, newNick: string): void {
    for (const members of this.#channels.values()) {
      const member = members.get(this.fold(nick));
      if (member === undefined) continue;
      members.delete(this.fold(nick));
      // What WHOIS says is about the nick.
      const known = member.known?.until === undefined ? member.known : undefined;
      members.set(this.fold(newNick), { ...member, nick: newNick, known });
    }
  }

  /** @param mode with its sign: `+o` */
  mode(channel: string, mode: string, nick: string): void {
    const letter = mode.slice(1);
    const modes = this.#member(channel, nick)?.modes;
    if (mode.startsWith('+')) modes?.add(letter);
    else modes?.delete(letter);
  }

  /** Somebody logged in to services or out, or we were told about them. */
  identified(nick: string, known: AccountInfo): void {
    for (const members of this.#channels.values()) {
      const member = members.get(this.fold(nick));
      if (member !== undefined) member.known = known;
    }
  }

  #isCalled(member: Member | undefined, account: string): boolean {
    const own = member?.known?.account;
    return own !== undefined && this.fold(own) === this.fold(account);
  }

  #add(channel: string, member: Member): void {
    const members = this.#channels.get(this.fold(channel)) ?? new Map<string, Member>();
    this.#channels.set(this.fold(channel), members);
    if (members.size < maxMembers && member.nick.length <= maxNickLength)
      members.set(this.fold(member.nick), member);
  }

  #member(channel: string, nick: string): Member | undefined {
    return this.#channels.get(this.fold(channel))?.get(this.fold(nick));
  }
}
