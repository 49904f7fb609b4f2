import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, type Finding } from '@portolan/check';
import { compileWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT } from './session/session.ts';
import { openShell } from './shell/shell.ts';

const page = 'docs/tutorials/leaving-ingress-nginx.md';
const shown = filesOf(blocksOf(page));
const NGINX = 'nginx.ingress.kubernetes.io/';

describeSession(page, {
  moved: (text) => text.replaceAll('127.0.0.', '127.0.114.'),
  required: ['curl', 'openssl'],
});

describe('the drawing', () => {
  it('is of the manifests as they are', async () => {
    const files = Object.entries(shown).filter(([name]) => name.startsWith('before/'));
    const shell = await openShell(Object.fromEntries(files));
    const { out } = await shell.run('npx portolan graph -f before/ --format svg');
    await shell.remove();
    await expect(out).toMatchFileSnapshot('../public/drawings/leaving-before.svg');
  });
});

type Annotations = Readonly<Record<string, string>>;

interface Row {
  readonly name: string;
  /** What the Ingress is annotated with: that which the row is about, and what it needs. */
  readonly nginx: Annotations;
  readonly check: string;
  readonly becomes: string;
  readonly how: string;
}

const table: readonly Row[] = rowsOf(readFileSync(join(ROOT, page), 'utf8'));

describe('the table of annotations', () => {
  it('has a row for each that the manifests have', () => {
    const used = Array.from(
      (shown['before/ingress.yaml'] ?? '').matchAll(/nginx\.ingress\.kubernetes\.io\/([\w-]+)/g),
      ([, name = '']) => name,
    );
    expect(used.length).toBeGreaterThan(10);
    const named = new Set(table.flatMap(({ nginx }) => Object.keys(nginx)));
    expect(used.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(table)('$name is $becomes: check says so ($check)', ({ name, nginx, ...row }) => {
    const found = findingOf(name, findings(nginx, {}, {}));
    expect(told(found)).toBe(row.check);
    expect(verdictsOn(found)).toContain(row.becomes);
  });

  it.each(table.filter(({ becomes }) => becomes.startsWith('ours')))(
    '$name: nothing is lost with what stands there instead',
    ({ name, nginx, how }) => {
      const ours = annotationsIn(how, 'portolan.dev/');
      const remedy = findingOf(name, findings(nginx, {}, {}))?.remedy ?? '';
      for (const key of Object.keys(ours)) expect(remedy).toContain(key);
      const isOnService = how.includes('on the Service');
      expect(how).toMatch(/on the (Service|Ingress)/);
      const after = findings(nginx, isOnService ? {} : ours, isOnService ? ours : {});
      // A difference that is left is one that the page names.
      const left = how.includes('whole path') ? 'notice' : 'nothing';
      expect(told(findingOf(name, after))).toBe(left);
      expect(after.filter(({ message }) => message.startsWith('portolan.dev/'))).toEqual([]);
    },
  );
});

function told(finding: Finding | undefined): string {
  if (finding === undefined) return 'nothing';
  return finding.message.includes('protects nothing here') ? 'unprotected' : finding.severity;
}

/** What may stand in the table for it. Whether there is another place, `check` doesn't always know. */
function verdictsOn(finding: Finding | undefined): readonly string[] {
  if (finding === undefined) return ['nothing to do'];
  if (finding.remedy === undefined) return ['not provided', 'another place'];
  return finding.remedy.includes('portolan.dev/') ? ['ours', 'ours, nearly'] : ['another place'];
}

function findingOf(name: string, all: readonly Finding[]): Finding | undefined {
  return all.find(({ field }) => field === `metadata.annotations[${NGINX}${name}]`);
}

/** What `check` says of an Ingress with TLS and of its Service. */
function findings(
  nginx: Annotations,
  onIngress: Annotations,
  onService: Annotations,
): readonly Finding[] {
  const named = Object.entries(nginx).map(([name, value]) => [`${NGINX}${name}`, value]);
  const objects = [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'web',
        annotations: { ...Object.fromEntries(named), ...onIngress },
      },
      spec: {
        tls: [{ hosts: ['shop.example'], secretName: 'shop-certificate' }],
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                {
                  path: '/web',
                  pathType: 'ImplementationSpecific',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', annotations: onService },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ];
  return check(compileWithStandIns(objects.map((each) => JSON.stringify(each)).join('\n---\n')));
}

/** The rows of the page's table: what is between `|`, whose first cell is `name: value` in code, with more after it. */
function rowsOf(text: string): readonly Row[] {
  return Array.from(
    text.matchAll(/^\| (`[^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\|$/gm),
    ([, cell = '', says = '', becomes = '', how = '']) => {
      const nginx = annotationsIn(cell, '');
      return { name: Object.keys(nginx)[0] ?? '', nginx, check: says, becomes, how };
    },
  );
}

/** What stands in code as `name: value`, with or without quotes around the value. */
function annotationsIn(cell: string, prefix: string): Annotations {
  return Object.fromEntries(
    Array.from(cell.matchAll(/`([\w./-]+): ([^`]+)`/g), ([, name = '', value = '']) => [
      name,
      value.replace(/^'(.*)'$/, '$1'),
    ]).filter(([name]) => name?.startsWith(prefix)),
  );
}
