import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLocalIssuer } from '@spil/access';
import type { Bench } from './support/place.js';

/** From `npm start` on a machine that never ran it (built and installed) to the first query that is answered. */
export async function start({ report }: Bench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-bench-start-'));
  await chmod(folder, 0o711);
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--data', folder, '--port', '0', '--no-pilot'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let url: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      url = /^GraphQL .*?(http:\S+)/.exec(line)?.[1];
      if (url !== undefined) break;
    }
    if (url === undefined) throw new Error('npm start ended before GraphQL answered');
    const issuer = await openLocalIssuer({
      file: join(folder, 'secrets', 'token-issuer.json'),
      issuer: 'https://issuer.spil.invalid',
      audience: 'spil',
    });
    const token = await issuer.issueToken({ subject: 'bench', role: 'ADMIN', mayImport: false }, 600);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ locations { locationId } }' }),
    });
    const answer = (await response.json()) as { data?: unknown; errors?: unknown };
    if (!answer.data) throw new Error(`the first query was answered by ${JSON.stringify(answer.errors)}`);
    const seconds = (performance.now() - started) / 1_000;
    report.line(
      'npm start to first answered query, s',
      seconds,
      { atMost: 15 },
      'new data folder, packages installed, built',
    );
  } finally {
    child.kill('SIGINT');
    await once(child, 'close');
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  }
}
