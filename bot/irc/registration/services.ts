/** Is it the nick of this service? It may be written to as `NickServ@services.example.org`. */
export function isService(nick: string | undefined, service: string): boolean {
  return nick?.toLowerCase() === service.split('@', 1)[0]!.toLowerCase();
}
