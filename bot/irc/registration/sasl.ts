import type { Client } from 'irc-framework';

/**
 * The library ends the negotiation at numeric 900, which to some servers aborts the login; 903 to
 * 907, which follow, end it too.
 */
export function deferCapEndUntilSaslEnds({ command_handler }: Client): void {
  const loggedIn = command_handler.handlers.RPL_LOGGEDIN;
  command_handler.addHandler('RPL_LOGGEDIN', (command, handler) => {
    const { cap } = handler.network;
    const { negotiating } = cap;
    cap.negotiating = false;
    try {
      loggedIn(command, handler);
    } finally {
      cap.negotiating = negotiating;
    }
  });
}
