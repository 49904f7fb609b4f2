import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { formatStatusMessage } from '../diagnostic/status-message.ts';
import { parseManifests } from './parse-manifests.ts';

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
const files = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ya?ml|json)$/u.test(file))
      .toSorted()
      .map((file) => {
        const text = readFileSync(join(FOLDER, file), 'utf8');
        return parseManifests([{ name: file, text, discovered: true }]);
      })
  : [];
const errors = files
  .flatMap(({ diagnostics }) => diagnostics)
  .filter(({ severity }) => severity === 'error');

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
