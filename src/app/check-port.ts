import { once } from 'node:events';
import { createServer } from 'node:net';
import { z } from 'zod';
import type { Environment } from '../config/environment.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

/** Real milliseconds that a program on our port may take to say that it is Paperboy. */
const answerWithinMs = 2_000;

/** Whether the ports that `start` opens are free, or a Paperboy's already. */
export function checkPort({ HOST, PORT, DISCORD_TOKEN }: Environment): Promise<Check> {
  return check('port', 'Choose another PORT or HOST.', async () => {
    if (PORT === 0) return well('PORT is 0: any free one is taken');
    // The demo has its page on the first and health on the next.
    const ports = DISCORD_TOKEN === undefined ? [PORT, PORT + 1] : [PORT];
    for (const port of ports) {
      const code = await failureOn(HOST, port);
      if (code === null) continue;
      if (code !== 'EADDRINUSE') {
        return ill(`port ${port} on ${HOST} cannot be opened (${code})`, 'Correct HOST, or choose a PORT above 1023.');
      }
      const health = ports.at(-1) ?? port;
      if (await isPaperboy(HOST, health)) return unknown(`a Paperboy is running on port ${health} of ${HOST}`);
      return ill(`port ${port} on ${HOST} is taken by another program`, 'Choose another PORT, or stop that program.');
    }
    return well(`${ports.length === 1 ? 'port' : 'ports'} ${ports.join(' and ')} on ${HOST} free`);
  });
}

/** The system's error code; null where the port can be opened. */
async function failureOn(host: string, port: number): Promise<string | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  } finally {
    server.close();
  }
}

const healthSchema = z.object({ healthy: z.boolean(), discord: z.string(), database: z.string() });

async function isPaperboy(host: string, port: number): Promise<boolean> {
  const name = host.includes(':') ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(answerWithinMs) });
    return healthSchema.safeParse(await answer.json()).success;
  } catch {
    // Whatever is there does not speak as we do.
    return false;
  }
}
