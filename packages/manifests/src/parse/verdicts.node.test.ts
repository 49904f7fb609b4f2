import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { formatFieldError } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { formatStatusMessage } from '../diagnostic/status-message.ts';
import { readDocuments } from '../document/read-documents.ts';
import { plainValue } from '../tree/plain-value.ts';
import { listItems } from './list-items.ts';
import { parseManifests } from './parse-manifests.ts';
import { readResource } from './read-resource.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/manifests');

interface Verdicts {
  /** How many documents of each kind got which answer: `Service 201`. */
  readonly accepted: Readonly<Record<string, number>>;
  readonly rejected: readonly {
    readonly file: string;
    readonly kind: string;
    readonly name: string;
    readonly message: string;
  }[];
}

/** The kinds that the API server was asked about. */
const JUDGED = ['Service', 'Ingress', 'IngressClass', 'EndpointSlice'];

function verdicts(): Verdicts {
  return JSON.parse(readFileSync(join(FOLDER, 'VERDICTS.json'), 'utf8'));
}

/** Each file on its own, so that no object hides another. */
const sources = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ya?ml|json)$/u.test(name))
      .toSorted()
      .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }))
  : [];
const files = sources.map((source) => parseManifests([{ ...source, discovered: true }]));
const errors = files
  .flatMap(({ diagnostics }) => diagnostics)
  .filter(({ severity }) => severity === 'error');

/** Every object in the files, as JSON text. */
function* objects(): Generator<string, void, undefined> {
  for (const { name, text } of sources) {
    for (const { tree } of readDocuments(name, text)) {
      if (tree === undefined) continue;
      for (const found of listItems({ tree })) {
        yield JSON.stringify(plainValue(found.tree), (_, value: unknown) =>
          value instanceof Map ? Object.fromEntries(value) : value,
        );
      }
    }
  }
}

const about = ({ file, object }: Diagnostic): string =>
  `${file} ${object?.kind ?? ''} ${object?.name ?? ''}`;

// They lie beside the repository where this project is built, and are no part of it.
describe.skipIf(files.length === 0)(
  'manifests of other projects, if ../shared/manifests is there',
  () => {
    it("are refused exactly where a real API server refuses them, in the API server's words", () => {
      const judged = errors.filter(({ object }) => JUDGED.includes(object?.kind ?? ''));
      const ours = [...new Set(judged.map(about))].map((one) => {
        const said = judged.filter((diagnostic) => about(diagnostic) === one);
        const [object] = said.flatMap((diagnostic) => diagnostic.object ?? []);
        return [one, object && formatStatusMessage(object, said)] as const;
      });
      const theirs = verdicts().rejected.map(
        ({ file, kind, name, message }) => [`${file} ${kind} ${name}`, message] as const,
      );
      expect(new Map(ours)).toEqual(new Map(theirs));
    });

    it('are accepted where it accepts them', () => {
      const resources = files.flatMap(({ manifests }) => manifests.map(({ resource }) => resource));
      const { accepted } = verdicts();
      for (const kind of JUDGED) {
        const count = resources.filter((resource) => resource.kind === kind).length;
        expect([kind, count]).toEqual([kind, accepted[`${kind} 201`] ?? 0]);
      }
    });

    it('are read as JSON like texts are, with the same faults', () => {
      const known = [...objects()].filter(
        (text) => parseManifests([{ name: 'a.json', text }]).passedOver.length === 0,
      );
      expect(known.length).toBeGreaterThan(250);
      for (const text of known) {
        const { manifests, diagnostics } = parseManifests([{ name: 'a.json', text }]);
        const found = readResource(JSON.parse(text));
        const strict = found.unknownFields.map(
          (field) => `strict decoding error: unknown field "${field}"`,
        );
        const said = [...strict, found.malformed, ...found.errors.map(formatFieldError)].join('\n');
        const read = strict.length === 0 ? found.resource : undefined;
        expect(JSON.stringify(read)).toBe(JSON.stringify(manifests[0]?.resource));
        expect(said === '').toBe(read !== undefined);
        for (const { severity, message } of diagnostics) {
          expect(severity === 'warning' || said.includes(message)).toBe(true);
        }
      }
    });

    it('have no errors in other kinds but those that were found by hand, too', () => {
      const others = errors.filter(({ object }) => !JUDGED.includes(object?.kind ?? ''));
      const archived = 'kubernetes-examples/_archived/openshift-origin';
      const twice = 'strict decoding error: duplicate field "spec.selector"';
      expect(others.map((diagnostic) => [about(diagnostic), diagnostic.message])).toEqual([
        [
          'google-microservices-demo/kustomize/components/without-loadgenerator/delete-loadgenerator.patch.yaml Deployment loadgenerator',
          'strict decoding error: unknown field "$patch"',
        ],
        [
          'ingress-nginx/docs/examples/auth/oauth-external-auth/vouch-proxy.yaml Deployment vouch-proxy',
          'spec.template.spec.containers[0].env[0].value: Invalid value: true: must be a string: put it in quotes',
        ],
        [
          'ingress-nginx/docs/examples/customization/ssl-dh-param/ssl-dh-param.yaml Secret lb-dhparam',
          'data[dhparam.pem]: Invalid value: "<secret contents redacted>": must be base64',
        ],
        [`${archived}/etcd-controller.yaml Deployment etcd`, twice],
        [`${archived}/etcd-discovery-controller.yaml Deployment etcd-discovery`, twice],
        [`${archived}/openshift-controller.yaml Deployment openshift`, twice],
      ]);
    });
  },
);
