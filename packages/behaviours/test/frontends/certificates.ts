import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate, its key, both PEM, and the names that it is for. */
export interface KeyPair {
  readonly names: readonly string[];
  readonly cert: string;
  readonly key: string;
}

/** Has openssl make a self-signed certificate. Its subject is `subject`, by which clients tell one from another. */
export async function keyPair(subject: string, names: readonly string[]): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-certificate-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  try {
    const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30`;
    await promisify(execFile)('openssl', [
      ...request.split(' '),
      '-subj',
      `/CN=${subject}`,
      '-addext',
      `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ]);
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    return { names, cert, key };
  } finally {
    await rm(folder, { recursive: true });
  }
}
