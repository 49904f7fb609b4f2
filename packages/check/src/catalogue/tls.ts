import type { CatalogueEntry } from './entry.ts';

export const TLS: Readonly<Record<string, CatalogueEntry>> = {
  TLSNotTerminated: {
    severity: 'notice',
    title: 'TLS has to end in front of Portolan',
    explanation:
      "An Ingress asks for TLS, and certificates are not served from Secrets here. Whatever listens in front has to hold a certificate for these hosts: Cloudflare's edge, or the server that Portolan's fetch handler is part of.",
  },
  HostWithoutTLS: {
    severity: 'warning',
    title: 'A host has no TLS',
    explanation:
      "No entry of spec.tls in the namespace covers the host, so on a cluster it is served in the clear, or with a certificate that browsers refuse. A wildcard covers one label, and an entry without hosts covers all. Add the host to spec.tls, or silence this where TLS is somebody else's business. For rules without a host it is a notice, once for each Ingress.",
  },
  TLSHostWithoutRule: {
    severity: 'warning',
    title: 'A host of spec.tls has no rule',
    explanation:
      'Hosts in spec.tls have to match those of the rules, says the Kubernetes documentation of Ingress: a certificate for a host that no rule of the Ingress is for is never used for a request. Most often one of the two is misspelt.',
  },
  TLSSecretInvalid: {
    severity: 'warning',
    title: 'A Secret named in spec.tls holds no certificate',
    explanation:
      'A Secret for TLS is of type kubernetes.io/tls and has the keys tls.crt and tls.key. Controllers find no certificate in one that lacks them. With both keys and another type most controllers make do, and this is a notice.',
  },
};
