/** A forge tells that something was pushed; it proves with a shared secret that it is the one. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Webhook {
  readonly secret: string;
  /** Called when something was pushed. What the forge says about it is not believed, nor even read. */
  readonly pushed: () => void;
}

/** Bytes of a body; GitHub sends 25 MB at most. */
const mostBytes = 25 * 1024 * 1024;

/** Status and sentence of the answer to a POST. */
export async function answerWebhook(
  { secret, pushed }: Webhook,
  request: IncomingMessage,
): Promise<readonly [status: number, sentence: string]> {
  const signature = createHmac('sha256', secret);
  let length = 0;
  // The request stays, for the answer, where it is too long.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return [413, `Expected at most ${mostBytes} bytes.`];
    signature.update(chunk);
  }
  if (!isProof(request.headers, secret, signature.digest('hex')))
    return [403, 'Expected a signature or token of the shared secret: see docs/running.md.'];
  pushed();
  return [202, 'Thank you, fetching it now.'];
}

/** @param signature of the body, in hexadecimal digits */
export function isProof(headers: IncomingHttpHeaders, secret: string, signature: string): boolean {
  const proofs = {
    // GitHub; Gitea and Forgejo send it as well.
    'x-hub-signature-256': `sha256=${signature}`,
    'x-gitea-signature': signature,
    // GitLab, and anything that can send a header.
    'x-gitlab-token': secret,
    authorization: `Bearer ${secret}`,
  };
  return Object.entries(proofs).some(([name, proof]) =>
    isEqual(String(headers[name] ?? ''), proof),
  );
}

/** Takes as long whatever differs. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
