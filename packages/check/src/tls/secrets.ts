import { findingAt, nameOf, relatedPlace } from '../finding/at.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import { isHostTarget } from '../host-target/host-target.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';

const TYPE = 'kubernetes.io/tls';
const KEYS = ['tls.crt', 'tls.key'];

/** Secrets that Ingresses name for TLS and that hold no certificate. One that isn't there may well come from elsewhere. */
export const tlsSecrets: Rule = ({ ingresses, manifests, target }) => {
  const users = new Map<ManifestOf<'Secret'>, RelatedPlace>();
  for (const ingress of ingresses) {
    const { metadata, spec } = ingress.resource;
    for (const [index, { secretName }] of (spec.tls ?? []).entries()) {
      const key = `${metadata.namespace ?? 'default'}/${secretName}` as const;
      const secret = manifests.find('Secret', key);
      if (secret === undefined || users.has(secret)) continue;
      const field = `spec.tls[${index}].secretName`;
      users.set(secret, relatedPlace(ingress, field, `${nameOf(ingress)} names it`));
    }
  }
  const isForHost = isHostTarget(target);
  return [...users].flatMap(([secret, user]) => faultOf(secret, user, isForHost) ?? []);
};

/** @param isForHost Portolan itself is to read them, and takes no other type. */
function faultOf(
  secret: ManifestOf<'Secret'>,
  user: RelatedPlace,
  isForHost: boolean,
): Finding | undefined {
  const { type = 'Opaque', data = {}, stringData = {} } = secret.resource;
  const lacking = KEYS.filter((key) => !data[key] && !stringData[key]);
  if (lacking.length > 0) {
    return findingAt(secret, 'data', 'TLSSecretInvalid', {
      message: `it is named in spec.tls, and has no ${lacking.join(' and no ')}`,
      related: [user],
    });
  }
  if (type === TYPE) return undefined;
  return findingAt(secret, 'type', 'TLSSecretInvalid', {
    severity: isForHost ? 'warning' : 'notice',
    message: `it is named in spec.tls and is of type ${type}, not ${TYPE}`,
    remedy: `write type: ${TYPE}, without which portolan serve --https does not take it`,
    related: [user],
  });
}
