import { TARGETS, url, type NotReached, type Target } from '@portolan/proxy';

import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';
import { ask, type Asked } from './ask.ts';
import { hostNotKept } from './host-not-kept.ts';
import { knockedAt, type KnockedAt } from './knocked-at.ts';

/** Ports whose endpoints can't be reached from where it is to run, as the dialers say themselves. */
export const reachability: Rule = (subject) => {
  const { target, compiled, manifests, standIns } = subject;
  const dialers = subject.dialers ?? (target ? [url({ target })] : []);
  if (dialers.length === 0) return [];
  const findings: Finding[] = [];
  const kept: boolean[] = [];
  for (const knocked of knockedAt(compiled.snapshot)) {
    const manifest = manifests.find('Service', knocked.key);
    if (manifest === undefined) continue;
    const asked = ask(knocked, dialers, standIns);
    kept.push(...asked.reached.map(({ by }) => by.keepsHost));
    findings.push(...findingsOf(knocked, manifest, asked, target));
  }
  const keepsHost = kept.length > 0 ? kept.every(Boolean) : !target || TARGETS[target].keepsHost;
  return keepsHost ? findings : [...findings, ...hostNotKept(subject, placeNamed(target))];
};

const NAMES: Readonly<Record<Target, string>> = {
  bun: 'Bun',
  deno: 'Deno',
  node: 'Node',
  workers: 'Workers',
};

function placeNamed(target: Target | undefined): string {
  return target ? `from ${NAMES[target]}` : 'with these dialers';
}

const WEBSOCKET = /^kubernetes\.io\/wss?$/iu;

function findingsOf(
  { service, port }: KnockedAt,
  manifest: ManifestOf<'Service'>,
  { reached, reasons }: Asked,
  target: Target | undefined,
): readonly Finding[] {
  const field = `spec.ports[${service.ports.indexOf(port)}]`;
  const place = placeNamed(target);
  const findings: Finding[] = [];
  const [first] = reasons;
  if (first !== undefined) {
    const { member = '', remedy } = REASONS.get(first.unreachable) ?? {};
    const isNone = reached.length === 0;
    findings.push(
      findingAt(manifest, `${field}${member}`, 'EndpointNotReachable', {
        severity: isNone ? 'error' : 'warning',
        message: `${isNone ? 'no endpoint' : 'not every endpoint'} of port ${port.port} can be reached ${place}: ${reasonsText(reasons)}`,
        ...(remedy !== undefined && { remedy }),
      }),
    );
  }
  if (WEBSOCKET.test(port.appProtocol ?? '') && reached.some(({ by }) => by.upgrades === 'none')) {
    findings.push(
      findingAt(manifest, `${field}.appProtocol`, 'UpgradeNotPassedOn', {
        message: `WebSockets are not passed on ${place}: they get a 501`,
      }),
    );
  }
  return findings;
}

/** Which field of the port a reason is about, and what to do. */
const REASONS: ReadonlyMap<string, { readonly member?: string; readonly remedy: string }> = new Map(
  [
    [
      'IPLiteralNotAllowed',
      {
        remedy:
          'a VPC network binding reaches Pod IPs, a service binding another Worker in their place',
      },
    ],
    ['PortNotAllowed', { member: '.targetPort', remedy: 'have the Pods listen at another port' }],
    [
      'ProtocolNotSupported',
      {
        member: '.appProtocol',
        remedy: 'lead clients of native gRPC past Portolan, or speak gRPC-Web',
      },
    ],
  ],
);

/** What each dialer said, each kind of reason once: there may be many endpoints. */
function reasonsText(reasons: NotReached['reasons']): string {
  const texts = new Map<string, string>();
  for (const { dialer, unreachable, message } of reasons) {
    const key = `${dialer} ${unreachable}`;
    if (!texts.has(key)) texts.set(key, `${dialer}: ${message}`);
  }
  return [...texts.values()].join('; ');
}
