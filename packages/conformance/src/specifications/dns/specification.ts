import type { Specification } from '../specification.ts';

export const dns: Specification = {
  name: 'DNS-based service discovery',
  document: 'Kubernetes DNS-Based Service Discovery 1.1.0',
  url: 'https://github.com/kubernetes/dns/blob/master/docs/specification.md',
  sections: [
    {
      title: '2.1 Definitions',
      gaps: [
        {
          result: 'deviates',
          demand: 'the annotation tolerate-unready-endpoints has all endpoints count as ready',
          instead: 'only the field that took its place does, publishNotReadyAddresses',
          see: 'packages/core/src/endpoint-set/endpoint-sets-from-pods.ts',
        },
      ],
    },
    { title: '2.2 Record for Schema Version' },
    { title: '2.3 Records for a Service with ClusterIP' },
    {
      title: '2.4 Records for a headless Service',
      gaps: [
        {
          result: 'deviates',
          demand: "an SRV record holds the number of the Service's port",
          instead: 'it holds the number at which the endpoint listens, as CoreDNS has it',
          see: 'packages/cluster-ip/src/dns-records/dns-records.ts',
        },
      ],
    },
    { title: '2.5 Records for External Name Services' },
    { title: '2.6 Deprecated Records' },
  ],
};
