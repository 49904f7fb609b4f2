import type { Specification } from '../specification.ts';

export const ingressAPI: Specification = {
  name: 'Ingress API',
  document: 'Kubernetes API reference, Ingress and IngressClass v1 networking.k8s.io',
  url: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/',
  sections: [
    { title: 'IngressSpec' },
    {
      title: 'IngressTLS',
      gaps: [
        {
          result: 'not provided',
          demand: 'secretName is the Secret with which TLS ends at port 443',
          instead:
            'hosts that serve HTTPS end TLS with these Secrets; for Workers it ends at Cloudflare',
          see: 'docs/explanation/behaviour.md#manifests',
        },
      ],
    },
    {
      title: 'IngressRule',
      gaps: [
        {
          result: 'deviates',
          demand: 'the port of an Ingress is 80 for http and 443 for https',
          instead: 'whatever listens chooses the port, and rules hold at any',
          see: 'README.md#in-your-own-program',
        },
      ],
    },
    { title: 'HTTPIngressPath' },
    { title: 'IngressBackend' },
    {
      title: 'IngressClass',
      gaps: [
        {
          result: 'not provided',
          demand: 'the controller of a class does not change once it is created',
          instead: 'nothing is created here: manifests are taken as they are at the moment',
          see: 'docs/explanation/behaviour.md#manifests',
        },
      ],
    },
  ],
};
