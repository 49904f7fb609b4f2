import type { Specification } from '../specification.ts';

export const ingressControllerConformance: Specification = {
  name: 'Ingress controller conformance',
  document: 'the features of kubernetes-sigs/ingress-controller-conformance',
  url: 'https://github.com/kubernetes-sigs/ingress-controller-conformance/tree/master/features',
  sections: [
    { title: 'Default backend' },
    {
      title: 'Host rules',
      gaps: [
        {
          result: 'not provided',
          demand: 'the host foo.bar.com takes a request by TLS, with a certificate for that name',
          instead:
            'hosts that serve HTTPS end TLS with these Secrets; for Workers it ends at Cloudflare',
          see: 'docs/explanation/behaviour.md#manifests',
        },
        {
          result: 'deviates',
          demand: 'the Pod sees the Host header that the client sent',
          instead:
            'on Node and workerd it is told in X-Forwarded-Host; Deno and Bun keep the header',
          see: 'docs/explanation/behaviour.md#the-proxy',
        },
      ],
    },
    {
      title: 'Ingress class',
      gaps: [
        {
          result: 'not provided',
          demand: "the status of an Ingress shows an address, and none where its class is no one's",
          instead: 'no status is written: manifests are read, and there is no API server',
          see: 'packages/ingress/README.md#what-it-does-not-do',
        },
        {
          result: 'deviates',
          demand: 'an Ingress whose class does not exist is left alone without any option',
          instead: 'every Ingress is served, whatever its class, unless controllers are listed',
          see: 'docs/explanation/behaviour.md#which-request-goes-where',
        },
      ],
    },
    { title: 'Load balancing' },
    { title: 'Path rules' },
  ],
};
