/** The last capital letter of each CASEMAPPING; `[ \ ] ^` are capitals of `{ | } ~` in RFC 1459. */
const lastCapital = new Map([
  ['rfc1459', '^'],
  ['strict-rfc1459', ']'],
  ['rfc1459-strict', ']'],
]);

/**
 * Nicks and channels that fold alike are the same to a server with this CASEMAPPING. An unknown
 * mapping folds ASCII letters only: taking two people for one would give away rights, the
 * opposite only withholds them.
 */
export function foldNick(name: string, casemapping: string): string {
  const last = lastCapital.get(casemapping) ?? 'Z';
  return name.replace(/[A-^]/g, (letter) =>
    letter <= last ? String.fromCharCode(letter.charCodeAt(0) + 32) : letter,
  );
}
