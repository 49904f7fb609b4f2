import { objectKey } from '@portolan/core';
import { ingressTLS } from '@portolan/ingress';
import type { TLSCertificate } from '@portolan/proxy';
import type { Store } from '@portolan/store';

import type { HostOptions } from '../host/host.ts';
import { storedObjects } from '../stored/stored.ts';
import { readCertificates } from './certificates.ts';

/** The certificates that a store's Ingresses ask for. */
export interface FollowedCertificates {
  /** As of the last `update`. */
  readonly all: () => readonly TLSCertificate[];
  /** To be called when an Ingress, an IngressClass or a Secret has changed. */
  readonly outdate: () => void;
  /** Reads them again where they are outdated. @returns whether they are others. */
  readonly update: () => boolean;
}

/** @param warn Is told what is missing or unusable, each time that it is looked. */
export function followCertificates(
  store: Pick<Store, 'list'>,
  options: HostOptions['ingress'],
  warn: (messages: readonly string[]) => void,
): FollowedCertificates {
  let certificates: readonly TLSCertificate[] = [];
  let isOutdated = true;
  return {
    outdate: () => {
      isOutdated = true;
    },
    all: () => certificates,
    update: () => {
      if (!isOutdated) return false;
      isOutdated = false;
      const secrets = new Map(
        storedObjects(store, 'Secret').map((secret) => [objectKey(secret), secret]),
      );
      const asked = ingressTLS(
        [...storedObjects(store, 'IngressClass'), ...storedObjects(store, 'Ingress')],
        options,
      );
      const read = readCertificates(asked, (namespace, name) =>
        secrets.get(`${namespace}/${name}`),
      );
      warn(read.warnings);
      const isSame = JSON.stringify(read.certificates) === JSON.stringify(certificates);
      certificates = isSame ? certificates : read.certificates;
      return !isSame;
    },
  };
}
