import { compareByAge } from '@portolan/core';
import type { Ingress, IngressClass, Resource } from '@portolan/core';

import { ownershipByClass, type IngressOptions } from '../ingress-class/ingress-class.ts';

/** Hosts that are to be served over TLS with the certificate of one Secret. */
export interface IngressTLS {
  /** Of the Ingress, hence of the Secret: none may name another namespace's. */
  readonly namespace: string;
  readonly secretName: string;
  /** In lower case: DNS names, and `*.` and a DNS name; none: whatever the certificate is for, and nobody names. */
  readonly hosts: readonly string[];
  /** Who asks for it: the name of the Ingress, and the field. */
  readonly ingress: string;
  readonly field: string;
}

/**
 * What `spec.tls` of the Ingresses that are ours asks for, those of the oldest Ingress first: of several that name a host the
 * first counts. Items without hosts come after all others, so that none takes a host from who names it. An item without `secretName` asks for nothing here: TLS for its hosts ends with another's certificate.
 *
 * Source: Kubernetes API reference, IngressTLS v1 networking.k8s.io.
 *
 * @param resources Ingresses and IngressClasses count, nothing else.
 */
export function ingressTLS(
  resources: readonly Resource[],
  options: IngressOptions = {},
): readonly IngressTLS[] {
  const classes = resources.filter((each): each is IngressClass => each.kind === 'IngressClass');
  const ownershipOf = ownershipByClass(classes, options);
  const asked = resources
    .filter((each): each is Ingress => each.kind === 'Ingress')
    .filter((each) => ownershipOf(each).isOurs)
    .toSorted(compareByAge)
    .flatMap(({ metadata: { name, namespace = 'default' }, spec: { tls = [] } }) =>
      tls.flatMap(({ hosts = [], secretName = '' }, index): readonly IngressTLS[] => {
        if (secretName === '') return [];
        return [
          {
            namespace,
            secretName,
            hosts: hosts.map((host) => host.toLowerCase()),
            ingress: name,
            field: `spec.tls[${index}]`,
          },
        ];
      }),
    );
  return [
    ...asked.filter(({ hosts }) => hosts.length > 0),
    ...asked.filter(({ hosts }) => hosts.length === 0),
  ];
}
