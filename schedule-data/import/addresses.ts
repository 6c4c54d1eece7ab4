/** Which addresses belong to the public Internet (IANA's registries of special-purpose addresses). */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** IPv6 that holds an IPv4 address, and its first byte: mapped, behind NAT64 (RFC 6052), 6to4 (RFC 3056). */
const embedding = [
  { range: ipaddr.IPv6.parseCIDR('::ffff:0:0/96'), at: 12 },
  { range: ipaddr.IPv6.parseCIDR('64:ff9b::/96'), at: 12 },
  { range: ipaddr.IPv6.parseCIDR('2002::/16'), at: 2 },
];

/** False for what is private, reserved or no address, also where IPv6 only wraps such an IPv4. */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js is more lenient (0x7f.1). A zone (fe80::1%eth0) is of the local network.
  if (!isIP(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  const embedded = embedding.find(({ range }) => parsed.match(range));
  if (embedded) {
    const bytes = parsed.toByteArray().slice(embedded.at, embedded.at + 4);
    return new ipaddr.IPv4(bytes).range() === 'unicast';
  }
  return parsed.range() === 'unicast' && parsed.match(globalUnicast);
}
