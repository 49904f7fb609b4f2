import { createPrivateKey, X509Certificate } from 'node:crypto';

import type { Secret } from '@portolan/core';
import type { IngressTLS } from '@portolan/ingress';
import type { TLSCertificate } from '@portolan/proxy';

/** Certificates, and what is to be said of those that are missing. Private keys are in `certificates` alone. */
export interface Certificates {
  readonly certificates: readonly TLSCertificate[];
  readonly warnings: readonly string[];
}

/**
 * Reads the certificates that Ingresses ask for from Secrets of type `kubernetes.io/tls`. One that is missing or can't be used
 * is told of, and leaves the others.
 *
 * @param find A Secret by namespace and name.
 */
export function readCertificates(
  asked: readonly IngressTLS[],
  find: (namespace: string, name: string) => Secret | undefined,
): Certificates {
  const certificates: TLSCertificate[] = [];
  const warnings: string[] = [];
  for (const each of asked) {
    const { namespace, secretName, ingress, field } = each;
    const read = certificateOf(each, find(namespace, secretName));
    if (read.certificate !== undefined) certificates.push(read.certificate);
    if (read.fault !== undefined) {
      warnings.push(`Ingress ${namespace}/${ingress}: ${field}: ${read.fault}`);
    }
  }
  return { certificates, warnings };
}

interface ReadCertificate {
  readonly certificate?: TLSCertificate;
  readonly fault?: string;
}

function certificateOf(
  { namespace, secretName, hosts }: IngressTLS,
  secret?: Secret,
): ReadCertificate {
  const called = `Secret ${namespace}/${secretName}`;
  if (secret === undefined) return { fault: `there is no ${called}` };
  if (secret.type !== 'kubernetes.io/tls')
    return { fault: `${called} is not of type kubernetes.io/tls` };
  const cert = textIn(secret, 'tls.crt');
  const key = textIn(secret, 'tls.key');
  if (cert === '') return { fault: `${called} has no tls.crt` };
  if (key === '') return { fault: `${called} has no tls.key` };
  const parsed = parseCertificate(cert);
  if (parsed === undefined) return { fault: `tls.crt of ${called} is no certificate in PEM` };
  const isOwn = isKeyOf(parsed, key);
  if (isOwn === undefined) return { fault: `tls.key of ${called} is no private key in PEM` };
  if (!isOwn) return { fault: `tls.key of ${called} does not belong to its certificate` };
  const names = namesOf(parsed);
  const foreign = hosts.filter((host) => !covers(names, host));
  return {
    certificate: { serverNames: hosts.length === 0 ? names : hosts, cert, key },
    ...(foreign.length > 0 && {
      fault: `the certificate in ${called} is not for ${foreign.join(', ')}`,
    }),
  };
}

function textIn({ data = {} }: Secret, key: string): string {
  return Buffer.from(data[key] ?? '', 'base64').toString();
}

function parseCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** What an error says here may quote the key, hence nothing of it is told. */
function isKeyOf(certificate: X509Certificate, pem: string): boolean | undefined {
  try {
    return certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    return undefined;
  }
}

/** The DNS names in `subjectAltName`, in lower case: RFC 9525 section 6.3 has no other place for them. */
function namesOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return Array.from(subjectAltName.matchAll(/(?:^|, )DNS:([^,"]+)/g), ([, name = '']) =>
    name.toLowerCase(),
  );
}

function covers(names: readonly string[], host: string): boolean {
  return names.includes(host) || names.includes(host.replace(/^[^.]+/, '*'));
}
