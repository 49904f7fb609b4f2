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
        {
          result: 'not provided',
          demand: 'a record has a time to live',
          instead: 'records are data without one: it is the affair of the server that tells them',
          see: 'packages/core/src/dns/record.ts',
        },
      ],
    },
    {
      title: '2.2 Record for Schema Version',
      gaps: [
        {
          result: 'not provided',
          demand: 'dns-version.cluster.local has a TXT record with the version of this document',
          instead: "records are those of Services: this one is the server's own",
          see: 'packages/core/src/dns/record.ts',
        },
      ],
    },
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
    {
      title: '2.6 Deprecated Records',
      gaps: [
        {
          result: 'not provided',
          demand: '10-3-0-1.default.pod.cluster.local has an A record with 10.3.0.1',
          instead: 'records are those of Services: this one is read off the name by the server',
          see: 'packages/core/src/dns/record.ts',
        },
      ],
    },
  ],
};
