import type { Identity } from '../../schedule-data/people/person.ts';
import type { Role } from '../chat.ts';
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

interface Member {
  readonly nick: string;
  readonly modes: Set<string>;
  /** Services account, where the network tells. */
  account?: string | undefined;
}

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

  /** The account of somebody who shares any channel with us. */
  account(nick: string): string | undefined {
    for (const members of this.#channels.values()) {
      const account = members.get(this.fold(nick))?.account;
      if (account !== undefined) return account;
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
    for (const { nick, modes } of users)
      members.set(this.fold(nick), {
        nick,
        modes: new Set(modes),
        account: before?.get(this.fold(nick))?.account,
      });
    this.#channels.set(this.fold(channel), members);
    this.#listed.add(this.fold(channel));
  }

  joined(channel: string, nick: string, account?: string): void {
    const members = this.#channels.get(this.fold(channel)) ?? new Map<string, Member>();
    members.set(this.fold(nick), { nick, modes: new Set(), account });
    this.#channels.set(this.fold(channel), members);
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
      members.set(this.fold(newNick), { ...member, nick: newNick });
    }
  }

  /** @param mode with its sign: `+o` */
  mode(channel: string, mode: string, nick: string): void {
    const letter = mode.slice(1);
    const modes = this.#member(channel, nick)?.modes;
    if (mode.startsWith('+')) modes?.add(letter);
    else modes?.delete(letter);
  }

  /** Somebody logged in to services, or out. */
  identified(nick: string, account: string | undefined): void {
    for (const members of this.#channels.values()) {
      const member = members.get(this.fold(nick));
      if (member !== undefined) member.account = account;
    }
  }

  #isCalled(member: Member | undefined, account: string): boolean {
    return member?.account !== undefined && this.fold(member.account) === this.fold(account);
  }

  #member(channel: string, nick: string): Member | undefined {
    return this.#channels.get(this.fold(channel))?.get(this.fold(nick));
  }
}
