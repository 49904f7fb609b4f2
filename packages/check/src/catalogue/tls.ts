import type { CatalogueEntry } from './entry.ts';

export const TLS: Readonly<Record<string, CatalogueEntry>> = {
  TLSNotTerminated: {
    severity: 'notice',
    title: 'TLS needs a certificate where it ends',
    explanation:
      'An Ingress asks for TLS. portolan serve ends it with --https, by the Secrets that spec.tls names, as far as they are among its manifests. In front of a Worker Cloudflare ends it, and in front of a fetch handler in a program of yours the server there: neither reads Secrets, and each has to have a certificate for these hosts. Say by --target where it is to run: for node, deno and bun this is found only where no Secret is named, or where it is not among the manifests.',
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
      'A Secret for TLS is of type kubernetes.io/tls and has the keys tls.crt and tls.key. Controllers find no certificate in one that lacks them. With both keys and another type most controllers make do, and this is a notice; portolan serve does not, and for node, deno and bun it is a warning.',
  },
};
