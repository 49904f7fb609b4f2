import type { DiagnosedObject, Manifest } from '@portolan/manifests';

import { usualSeverity } from '../catalogue/catalogue.ts';
import type { Finding, RelatedPlace, Severity } from './finding.ts';

/** What is said of a place. */
export interface Said extends Pick<Finding, 'cost' | 'related' | 'remedy'> {
  readonly message: string;
  /** By default the one that the catalogue gives the code. */
  readonly severity?: Severity;
}

/** A finding at a field of an object. */
export function findingAt(manifest: Manifest, field: string, code: string, said: Said): Finding {
  const { message, severity = usualSeverity(code), remedy, related = [], cost } = said;
  return {
    severity,
    code,
    message,
    file: manifest.file,
    ...manifest.locate(field),
    field,
    object: diagnosedObject(manifest),
    ...(remedy !== undefined && { remedy }),
    ...(related.length > 0 && { related }),
    ...(cost && { cost }),
  };
}

/** Another place that a finding has to do with. Without a field: where the object begins. */
export function relatedPlace(manifest: Manifest, field: string, message: string): RelatedPlace {
  return { message, file: manifest.file, ...manifest.locate(field) };
}

/** How an object is called: `Ingress shop/web`, `IngressClass nginx` where the kind has no namespace. */
export function nameOf({ resource: { kind, metadata } }: Manifest): string {
  const { namespace, name } = metadata;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function diagnosedObject({ resource }: Manifest): DiagnosedObject {
  const { apiVersion, kind, metadata } = resource;
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}
