interface Host {
  readonly getBuiltinModule?: (name: 'node:os') => { readonly hostname: () => string };
}

interface DenoPermissions {
  readonly permissions: {
    readonly querySync: (permission: { readonly name: 'sys'; readonly kind: 'hostname' }) => {
      readonly state: string;
    };
  };
}

declare const process: Host | undefined;
declare const Deno: DenoPermissions | undefined;

/** The letters that Kubernetes makes names of: no vowels, nothing that looks like another. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** As long as `LABEL-xxxxx` may be: RFC 1123 section 2.1. */
const LONGEST_STEM = 57;

/** A name for the Pod of this process: the host's, and five random letters. */
export function podName(random: () => number, host: string = hostname()): string {
  const stem = host
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replaceAll(/^-+|-+$/g, '');
  const letter = (): string => LETTERS.charAt(Math.floor(random() * LETTERS.length));
  return `${stem || 'pod'}-${Array.from({ length: 5 }, letter).join('')}`;
}

/** Empty where there is none, or it is nobody's business: Deno would ask the user. */
function hostname(): string {
  if (typeof Deno !== 'undefined') {
    const { state } = Deno.permissions.querySync({ name: 'sys', kind: 'hostname' });
    if (state !== 'granted') return '';
  }
  if (typeof process === 'undefined') return '';
  return process.getBuiltinModule?.('node:os').hostname() ?? '';
}
