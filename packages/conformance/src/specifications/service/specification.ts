import type { Specification } from '../specification.ts';

export const service: Specification = {
  name: 'Service',
  document: 'Kubernetes documentation, Concepts, Service',
  url: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  sections: [
    {
      title: 'Defining a Service',
      gaps: [
        {
          result: 'not provided',
          demand: 'a Service carries UDP, SCTP and any protocol over TCP',
          instead:
            'TCP and UDP are carried on hosts, HTTP alone on Workers; SCTP is carried nowhere',
          see: 'README.md#what-it-doesnt-do',
        },
      ],
    },
    { title: 'Port definitions' },
    {
      title: 'Services without selectors',
      gaps: [
        {
          result: 'deviates',
          demand: 'endpoints may not have loopback addresses',
          instead: 'they are taken, with a warning: a process on this machine may be meant',
          see: 'docs/explanation/behaviour.md#services-and-their-endpoints',
        },
      ],
    },
    {
      title: 'Application protocol',
      gaps: [
        {
          result: 'not provided',
          demand: 'endpoints of a kubernetes.io/h2c port are spoken to by HTTP/2 without TLS',
          instead: 'fetch cannot do that: refused, with a reason',
          see: 'docs/explanation/behaviour.md#the-proxy',
        },
      ],
    },
    { title: 'Multi-port Services' },
    {
      title: 'type ClusterIP',
      gaps: [
        {
          result: 'deviates',
          demand: 'a cluster IP that is chosen must be of the configured range',
          instead: 'it may be any where no range is given: its cluster has its own',
          see: 'docs/explanation/behaviour.md#services-and-their-endpoints',
        },
      ],
    },
    {
      title: 'type NodePort',
      gaps: [
        {
          result: 'not provided',
          demand: 'node ports may be limited to some addresses of a node (nodeport-addresses)',
          instead: 'that is an option of kube-proxy; every address of a node counts',
          see: 'packages/node-port/README.md',
        },
      ],
    },
    {
      title: 'type LoadBalancer',
      gaps: [
        {
          result: 'not provided',
          demand: 'a load balancer is provisioned, and told in the status',
          instead: 'the address in the status is honoured; none is made up',
          see: 'docs/explanation/behaviour.md#services-and-their-endpoints',
        },
      ],
    },
    { title: 'type ExternalName' },
    { title: 'Headless Services' },
    {
      title: 'Discovering services',
      gaps: [
        {
          result: 'not provided',
          demand: 'Pods find Services in environment variables',
          instead: 'no Pods are run here',
          see: 'packages/stand-ins/README.md#what-it-does-not-do',
        },
        {
          result: 'not provided',
          demand: 'within its namespace a Service is found as my-service alone',
          instead:
            'the bare name means another Service in each namespace, and no request tells whose',
          see: 'packages/cluster-ip/src/frontends/frontends.ts',
        },
      ],
    },
    { title: 'External IPs' },
  ],
};
