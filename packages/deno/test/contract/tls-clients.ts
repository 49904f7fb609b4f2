import { execFile, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has the programs, curl with HTTP/2. */
export const HAS_CLIENTS: boolean =
  spawnSync('openssl', ['version']).status === 0 &&
  String(spawnSync('curl', ['--version']).stdout).includes('HTTP2');

/** What a client gets in a handshake. */
export interface Handshake {
  /** PEM; absent where it was refused. */
  readonly cert: string | undefined;
  /** What ALPN chose. */
  readonly protocol: string | undefined;
  /** The number of the alert: RFC 8446 section 6. */
  readonly alert: number | undefined;
}

/** `openssl s_client` that asks for a name, or for none. */
export async function handshake(
  port: number,
  serverName: string | undefined,
  ...more: readonly string[]
): Promise<Handshake> {
  const name = serverName === undefined ? ['-noservername'] : ['-servername', serverName];
  const said = await run('openssl', [
    's_client',
    '-connect',
    `127.0.0.1:${port}`,
    ...name,
    '-alpn',
    'h2,http/1.1',
    ...more,
  ]);
  const [cert] = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/.exec(said) ?? [];
  const [, protocol] = /^ALPN protocol: (.*)$/m.exec(said) ?? [];
  const [, alert] = /SSL alert number (\d+)/.exec(said) ?? [];
  return { cert, protocol, alert: alert === undefined ? undefined : Number(alert) };
}

/** Whether they are the same certificate. */
export function isSame(one: string | undefined, other: string): boolean {
  return (
    one !== undefined &&
    new X509Certificate(one).fingerprint256 === new X509Certificate(other).fingerprint256
  );
}

/**
 * curl that trusts one certificate.
 *
 * @returns all that it writes, and the version of HTTP at the end.
 */
export async function curl(
  { port, name, trust }: { port: number; name: string; trust: string },
  path: string,
  ...more: readonly string[]
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-tls-'));
  const file = join(folder, 'trusted.pem');
  writeFileSync(file, trust);
  const said = await run('curl', [
    '--silent',
    '--show-error',
    '--noproxy',
    '*',
    '--max-time',
    '60',
    '--cacert',
    file,
    '--resolve',
    `${name}:${port}:127.0.0.1`,
    '--write-out',
    ' HTTP/%{http_version}',
    ...more,
    `https://${name}:${port}${path}`,
  ]);
  rmSync(folder, { recursive: true });
  return said;
}

function run(command: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { encoding: 'latin1', maxBuffer: 256 * 1024 * 1024, timeout: 60_000 } as const;
    const child = execFile(command, parameters, options, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
    child.stdin?.end();
  });
}
