import type { HostFault, HostFrontend } from '../host/host.ts';

/** What people are told of a system's error. */
const SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be listened at without more rights',
  EADDRNOTAVAIL: 'is not on this machine',
};

/** Why it can't be listened somewhere. */
export function listenFault(wanted: HostFrontend, error: unknown): HostFault {
  const code = codeOf(error);
  const message = SENTENCES[code] ?? (error instanceof Error ? error.message : String(error));
  return { ...wanted, code, message };
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
}
