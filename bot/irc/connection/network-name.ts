/**
 * The name of a network as a part of a host name: lower case, letters, digits and `-`.
 *
 * @param name as the server gives it, such as `Libera.Chat`
 * @param server is used where nothing is left of the name
 */
export function networkName(name: string, server: string): string {
  return hostLabel(name) || hostLabel(server) || 'irc';
}

function hostLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-|-$/g, '');
}
