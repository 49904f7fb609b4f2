import type { Specification } from '../specification.ts';

export const ingress: Specification = {
  name: 'Ingress',
  document: 'Kubernetes documentation, Concepts, Ingress',
  url: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  sections: [
    { title: 'The Ingress resource' },
    { title: 'Ingress rules' },
    { title: 'DefaultBackend' },
    {
      title: 'Resource backends',
      gaps: [
        {
          result: 'not provided',
          demand: 'requests for a resource, such as a storage bucket, are answered out of it',
          instead: 'nothing that serves resources is built in; their requests get 503',
          see: 'packages/ingress/README.md',
        },
      ],
    },
    { title: 'Path types' },
    { title: 'Examples' },
    {
      title: 'Multiple matches',
      gaps: [
        {
          result: 'deviates',
          demand:
            'the longest matching path goes first, which for /foo is Prefix /foo/ and not Exact /foo',
          instead: 'an Exact path goes before every prefix, as in Gateway API',
          see: 'packages/routing/README.md#who-wins',
        },
      ],
    },
    { title: 'Hostname wildcards' },
    {
      title: 'Ingress class',
      gaps: [
        {
          result: 'deviates',
          demand: 'a controller serves the Ingresses of its own classes',
          instead: 'every Ingress is served, whatever its class, unless controllers are listed',
          see: 'docs/explanation/behaviour.md#which-request-goes-where',
        },
        {
          result: 'not provided',
          demand: 'the parameters of an IngressClass configure its controller',
          instead: 'there is no kind of parameters to refer to; they are checked and not heeded',
          see: 'packages/ingress/README.md',
        },
      ],
    },
    { title: 'Deprecated annotation' },
    {
      title: 'Default IngressClass',
      gaps: [
        {
          result: 'deviates',
          demand: 'with several default classes, an Ingress that names none cannot be created',
          instead:
            'the newest default class is taken, as the admission plugin of the API server has it',
          see: 'packages/ingress/src/ingress-class/ingress-class.ts',
        },
      ],
    },
    {
      title: 'Ingress backed by a single Service',
      gaps: [
        {
          result: 'not provided',
          demand: 'the status of the Ingress shows the address at which it is exposed',
          instead: 'no status is written: manifests are read, and there is no API server',
          see: 'packages/ingress/README.md#what-it-does-not-do',
        },
      ],
    },
    { title: 'Simple fanout' },
    { title: 'Name based virtual hosting' },
    {
      title: 'TLS',
      gaps: [
        {
          result: 'not provided',
          demand: 'a Secret with tls.crt and tls.key secures the channel from the client',
          instead:
            'hosts that serve HTTPS end TLS with these Secrets; for Workers it ends at Cloudflare',
          see: 'docs/explanation/behaviour.md#manifests',
        },
        {
          result: 'not provided',
          demand: 'several hosts share port 443, told apart by SNI',
          instead:
            'hosts that serve HTTPS end TLS with these Secrets; for Workers it ends at Cloudflare',
          see: 'docs/explanation/behaviour.md#manifests',
        },
      ],
    },
    { title: 'Load balancing' },
    { title: 'Updating an Ingress' },
  ],
};
