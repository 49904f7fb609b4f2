import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { formatFieldError } from '@portolan/core';
import { parseManifests } from '@portolan/manifests';
import { openStore, resourceTypeOf, type NewObject } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { createAdmission } from './create-admission.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/manifests');

interface Verdicts {
  /** How many documents of each kind got which answer: `Service 201`. */
  readonly accepted: Readonly<Record<string, number>>;
}

/** The kinds that the API server was asked about. */
const JUDGED = ['Service', 'Ingress', 'IngressClass', 'EndpointSlice'];

/** Each file on its own, so that no object hides another. */
const resources = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ya?ml|json)$/u.test(file))
      .toSorted()
      .flatMap((name) => {
        const text = readFileSync(join(FOLDER, name), 'utf8');
        return parseManifests([{ name, text, discovered: true }]).manifests;
      })
      .map(({ resource }) => resource)
  : [];

const admission = createAdmission({ store: openStore() });

/** What is said of an object that is created, as the API server was asked: without the cluster IP of another cluster. */
function said(resource: (typeof resources)[number]): readonly string[] {
  const { apiVersion, kind, metadata, ...rest } = structuredClone(resource);
  const type = resourceTypeOf({ apiVersion, kind });
  if (type === undefined) return [`no resource serves ${kind}`];
  const fields: Record<string, unknown> = { ...rest };
  if (resource.kind === 'Service' && resource.spec.clusterIP !== 'None') {
    const { clusterIP: _, ...spec } = resource.spec;
    fields['spec'] = spec;
  }
  const object: NewObject = {
    ...fields,
    apiVersion,
    kind,
    metadata: { ...metadata, uid: 'u', creationTimestamp: '2026-01-02T03:04:05Z' },
  };
  const admitted = admission.admit({ type, object });
  if ('invalid' in admitted) return admitted.invalid.map(formatFieldError);
  return 'object' in admitted ? [] : Object.values(admitted).map(String);
}

// They lie beside the repository where this project is built, and are no part of it.
describe.skipIf(resources.length === 0)(
  'manifests of other projects, if ../shared/manifests is there',
  () => {
    it('are admitted where a real API server admits them, and so are the other kinds', () => {
      for (const resource of resources) {
        expect([resource.kind, resource.metadata.name, said(resource)]).toEqual([
          resource.kind,
          resource.metadata.name,
          [],
        ]);
      }
    });

    it('are as many as it admitted', () => {
      const { accepted }: Verdicts = JSON.parse(
        readFileSync(join(FOLDER, 'VERDICTS.json'), 'utf8'),
      );
      for (const kind of JUDGED) {
        const count = resources.filter((resource) => resource.kind === kind).length;
        expect([kind, count]).toEqual([kind, accepted[`${kind} 201`] ?? 0]);
      }
    });
  },
);
