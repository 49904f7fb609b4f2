import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** What the tests speak with. A machine without one of them can't run them. */
const PROGRAMS = ['curl', 'dig', 'openssl', 'redis-cli', 'redis-server'] as const;

/** The programs that this machine lacks. */
export function missingPrograms(): readonly string[] {
  return PROGRAMS.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * Runs a client to its end and gives what it printed.
 *
 * @throws with what it said where it ends with anything but 0, or takes longer than ten seconds.
 */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const running = promisify(execFile)(program, args, { timeout: 10_000 });
  running.child.stdin?.end();
  const { stdout } = await running;
  return stdout;
}

/** curl, quiet, with headers in what it prints where `-i` is among the arguments. */
export function curl(...args: readonly string[]): Promise<string> {
  return run('curl', '--silent', '--show-error', '--max-time', '8', ...args);
}

/** dig, short, without a second try. */
export async function dig(
  server: string,
  port: number,
  ...args: readonly string[]
): Promise<readonly string[]> {
  const printed = await run('dig', `@${server}`, '-p', `${port}`, '+short', '+tries=1', ...args);
  return printed.split('\n').filter((line) => line !== '');
}

/** What openssl says of a handshake for a server name. */
export function handshake(
  host: string,
  port: number,
  serverName: string,
  ...args: readonly string[]
): Promise<string> {
  const at = `${host}:${port}`;
  return run('openssl', 's_client', '-connect', at, '-servername', serverName, ...args);
}

export function redis(host: string, port: number, ...args: readonly string[]): Promise<string> {
  return run('redis-cli', '-h', host, '-p', `${port}`, ...args);
}
