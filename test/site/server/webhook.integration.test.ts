import { createHmac } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../../site/server/server.ts';
import { temporaryFolder } from '../../support/repository.ts';

const secret = 'sesame, sesame, sesame';
const body = JSON.stringify({ ref: 'refs/heads/main' });
const signature = (key: string, text = body) =>
  createHmac('sha256', key).update(text).digest('hex');

async function serve(withSecret = true) {
  let pushes = 0;
  const webhook = withSecret ? { secret, pushed: () => void pushes++ } : undefined;
  const server = await startServer({
    directory: temporaryFolder(),
    listen: '127.0.0.1:0',
    webhook,
  });
  onTestFinished(() => server.close());
  const post = (headers: Record<string, string>, text: string | Uint8Array<ArrayBuffer> = body) =>
    fetch(`${server.url}webhook`, { method: 'POST', headers, body: text });
  return { server, post, pushes: () => pushes };
}

describe('a push is told', () => {
  test.each([
    ['GitHub', { 'X-Hub-Signature-256': `sha256=${signature(secret)}` }],
    ['Gitea', { 'X-Gitea-Signature': signature(secret) }],
    ['GitLab', { 'X-Gitlab-Token': secret }],
    ['curl', { Authorization: `Bearer ${secret}` }],
  ])('by %s', async (_forge, headers) => {
    const { post, pushes } = await serve();
    const answer = await post(headers);
    expect([answer.status, await answer.text(), pushes()]).toEqual([
      202,
      'Thank you, fetching it now.\n',
      1,
    ]);
  });

  test.each([
    ['nothing', {}],
    ['another secret', { 'X-Hub-Signature-256': `sha256=${signature('another')}` }],
    ['a signature of something else', { 'X-Gitea-Signature': signature(secret, 'else') }],
    ['half a token', { 'X-Gitlab-Token': secret.slice(0, 8) }],
    ['an empty token', { 'X-Gitlab-Token': '' }],
    ['no token', { Authorization: 'Bearer ' }],
  ])('not by somebody with %s', async (_what, headers) => {
    const { post, pushes } = await serve();
    const answer = await post(headers);
    expect([answer.status, pushes()]).toEqual([403, 0]);
    expect(await answer.text()).toMatch(/^Expected a signature or token/);
  });

  test('not by more than a forge ever sends', async () => {
    const { post, pushes } = await serve();
    const answer = await post({ 'X-Gitlab-Token': secret }, new Uint8Array(26 * 1024 * 1024));
    expect([answer.status, pushes()]).toEqual([413, 0]);
  });

  test('nowhere else, nor where there is no secret', async () => {
    const { server } = await serve();
    const headers = { 'X-Gitlab-Token': secret };
    expect((await fetch(`${server.url}other`, { method: 'POST', headers })).status).toBe(405);
    expect((await fetch(`${server.url}webhook`, { method: 'PUT', headers })).status).toBe(405);
    expect((await fetch(`${server.url}webhook`)).status).toBe(404);
    const { post } = await serve(false);
    expect((await post(headers)).status).toBe(405);
  });
});
