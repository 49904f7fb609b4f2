import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm start`'s own process, as a person would have it run. */
export interface Running {
  readonly process: ChildProcess;
  readonly port: number;
  /** Of the admin side. */
  readonly token: string;
  /** Everything printed so far. */
  readonly output: () => string;
  /** Resolves when a line of the output matches. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the edge worker for `manifests`, separated by `:`, and waits until it says that it is ready. */
export async function start(
  manifests?: string,
  atPort?: number,
  token?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const port = atPort ?? (await freePort());
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../dev/start.ts', import.meta.url))],
    {
      env: {
        ...process.env,
        PORT: String(port),
        PORTOLAN_TOKEN: token,
        // Each process has its own, so that none finds another's.
        PORTOLAN_KUBECONFIG: join(tmpdir(), `portolan-kubeconfig-${port}`),
        ...env,
        ...(manifests !== undefined && { MANIFESTS: manifests }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const waiting = new Set<() => void>();
  const add = (text: unknown): void => {
    output += String(text);
    for (const check of waiting) check();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const exited = once(child, 'exit');

  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = pattern.exec(output);
        if (found === null) return;
        waiting.delete(check);
        resolve(found[0]);
      };
      waiting.add(check);
      check();
      void exited.then(() => reject(new Error(`it ended, having printed:\n${output}`)));
      const late = () => reject(new Error(`it never printed ${pattern}, but:\n${output}`));
      setTimeout(late, 45_000).unref();
    });
  const metrics = await printed(
    /^ready on http:[^]*^\d+ stand-in servers[^]*^metrics: .*\n^map: .*\n^kubectl: .*\n/m,
  );
  const [, printedToken = ''] = /Bearer ([^"]*)"/.exec(metrics) ?? [];
  return {
    process: child,
    port,
    token: token ?? printedToken,
    output: () => output,
    printed,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

/** An answer, with its body parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- what a stand-in says is the test's to know
  readonly json: any;
}

/** One request, with any Host header. */
export function knock(
  port: number,
  path: string,
  options: {
    readonly host?: string;
    readonly method?: string;
    readonly body?: string;
    readonly token?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: {
          ...(options.host !== undefined && { host: options.host }),
          ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
          ...options.headers,
        },
        agent: false,
      },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (body += chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const isJSON = incoming.headers['content-type']?.includes('json') ?? false;
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body,
            json: isJSON && body !== '' ? JSON.parse(body) : undefined,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** Has a server listen on a free port, and says which. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return address.port;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
